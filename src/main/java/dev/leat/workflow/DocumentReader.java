package dev.leat.workflow;

import dev.leat.workflow.WorkflowLoader.Source;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads a text as a tree of values with positions, whichever of the two spellings it has.
final class DocumentReader {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final WorkflowConfig limits;

    DocumentReader(WorkflowConfig limits) {
        this.limits = limits;
    }

    /// @param root empty where the text can't be read; the report then says why
    record Document(SourceText text, Optional<Node> root, Report report) {}

    Document read(Source source) {
        var text = new SourceText(withoutMark(source.text()));
        var report = new Report(text, limits.maxProblems());
        try {
            return new Document(text, Optional.of(parse(text.text(), source, report)), report);
        } catch (Unreadable e) {
            report.error(Place.root(at(e.offset())), e.code(), e.sentence(), e.hint());
            return new Document(text, Optional.empty(), report);
        }
    }

    private Node parse(String text, Source source, Report report) {
        if (text.length() > limits.maxBytes() || utf8Length(text) > limits.maxBytes()) {
            throw new Unreadable(
                    0,
                    ProblemCode.TOO_LARGE,
                    "The document is larger than %,d bytes.".formatted(limits.maxBytes()),
                    "split it into several workflows, or raise leat.workflow.max-bytes");
        }
        if (text.isBlank()) {
            throw new Unreadable(
                    0,
                    ProblemCode.EMPTY,
                    "The document is empty.",
                    "a workflow needs an 'id' and 'tasks'");
        }
        var tree = new TreeBuilder(limits, report);
        return switch (source.format()) {
            case JSON -> new JsonReader(text, limits, tree).read();
            case YAML -> new YamlReader(text, limits, tree).read();
        };
    }

    private static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Node at(int offset) {
        return new Node.Scalar(offset, null, Node.Quoting.PLAIN);
    }
}

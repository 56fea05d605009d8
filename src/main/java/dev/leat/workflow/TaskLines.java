package dev.leat.workflow;

import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells where in a workflow's text each of its tasks is written.
@ApplicationScoped
public class TaskLines {

    private static final List<String> SECTIONS = List.of("tasks", "onFailure", "finally");

    private final WorkflowConfig config;

    TaskLines(WorkflowConfig config) {
        this.config = config;
    }

    /// @param first, last the lines on which a task's first and last value begin, from 1
    public record Lines(int first, int last) {}

    /// By task; of a text that can't be read, nothing.
    public Map<String, Lines> of(Source source) {
        var document = new DocumentReader(config).read(source);
        var lines = new HashMap<String, Lines>();
        document.root().map(Place::root).ifPresent(root -> addAll(root, document.text(), lines));
        return lines;
    }

    private static void addAll(Place root, SourceText text, Map<String, Lines> lines) {
        for (var section : SECTIONS) {
            var list = root.member(section);
            if (list != null && list.node() instanceof Node.Sequence(_, List<Node> tasks)) {
                tasks.forEach(task -> add(Place.root(task), text, lines));
            }
        }
    }

    private static void add(Place task, SourceText text, Map<String, Lines> lines) {
        var id = task.member("id");
        if (id != null && id.node() instanceof Node.Scalar scalar) {
            lines.putIfAbsent(
                    String.valueOf(scalar.value()),
                    new Lines(
                            text.position(task.offset()).line(),
                            text.position(end(task.node())).line()));
        }
    }

    /// Where the last of the values within begins.
    private static int end(Node node) {
        return switch (node) {
            case Node.Mapping(int offset, Map<String, Node.Member> members) ->
                    members.values().stream()
                            .mapToInt(member -> end(member.value()))
                            .max()
                            .orElse(offset);
            case Node.Sequence(int offset, List<Node> items) ->
                    items.stream().mapToInt(TaskLines::end).max().orElse(offset);
            case Node.Scalar scalar -> scalar.offset();
        };
    }
}

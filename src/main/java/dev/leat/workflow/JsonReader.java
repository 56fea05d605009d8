package dev.leat.workflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// JSON, strictly.
final class JsonReader {

    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_NAME = 1_000;

    private final String text;
    private final WorkflowConfig limits;
    private final TreeBuilder tree;

    JsonReader(String text, WorkflowConfig limits, TreeBuilder tree) {
        this.text = text;
        this.limits = limits;
        this.tree = tree;
    }

    /// @throws Unreadable where it isn't JSON, or too much of it
    Node read() {
        try (var parser = factory().createParser(text)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (tree.root() != null) {
                    throw afterTheEnd(offset(parser));
                }
                hear(parser, token);
            }
        } catch (StreamConstraintsException e) {
            throw new Unreadable(
                    offset(e),
                    ProblemCode.TOO_LARGE,
                    "A name, number or string is too long.",
                    "a name has at most %,d characters, a number %d, a string %,d"
                            .formatted(LONGEST_NAME, LONGEST_NUMBER, limits.maxText()));
        } catch (JsonProcessingException e) {
            throw syntax(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var root = tree.root();
        if (root == null) {
            throw new Unreadable(
                    text.length(), ProblemCode.SYNTAX, "The text ends too early.", null);
        }
        return root;
    }

    private JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(limits.maxDepth() + 1)
                                .maxNumberLength(LONGEST_NUMBER)
                                .maxNameLength(LONGEST_NAME)
                                .maxStringLength(limits.maxText())
                                .build())
                .build();
    }

    private void hear(JsonParser parser, JsonToken token) throws IOException {
        var offset = offset(parser);
        switch (token) {
            case START_OBJECT -> tree.beginMapping(offset);
            case START_ARRAY -> tree.beginSequence(offset);
            case END_OBJECT, END_ARRAY -> tree.end();
            case FIELD_NAME -> tree.key(parser.currentName(), offset);
            default -> tree.scalar(new Node.Scalar(offset, value(parser, token), quoting(token)));
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                    switch (parser.getNumberType()) {
                        case INT, LONG -> parser.getLongValue();
                        default -> parser.getDoubleValue();
                    };
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Node.Quoting quoting(JsonToken token) {
        return token == JsonToken.VALUE_STRING ? Node.Quoting.DOUBLE : Node.Quoting.PLAIN;
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private static int offset(JsonProcessingException e) {
        return e.getLocation() == null ? 0 : (int) Math.max(0, e.getLocation().getCharOffset());
    }

    private static Unreadable afterTheEnd(int offset) {
        return new Unreadable(
                offset,
                ProblemCode.SYNTAX,
                "Something follows the end of the document.",
                "one document is one object");
    }

    private Unreadable syntax(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return new Unreadable(
                    text.length(),
                    ProblemCode.SYNTAX,
                    "The text ends before the document does.",
                    stillOpen());
        }
        var offset = tokenStart(e, offset(e));
        if (tree.root() != null) {
            return afterTheEnd(offset);
        }
        var fault = JsonFault.of(text, offset, e.getOriginalMessage());
        return new Unreadable(offset, ProblemCode.SYNTAX, fault.sentence(), fault.hint());
    }

    private String stillOpen() {
        return tree.depth() == 0 ? "a string isn't closed" : "a '\"', '}' or ']' is missing";
    }

    /// The parser points behind a word it doesn't know; people look at its beginning.
    private int tokenStart(JsonProcessingException e, int offset) {
        var at = Math.min(offset, text.length());
        var isWord =
                e.getOriginalMessage().startsWith("Unrecognized token")
                        || e.getOriginalMessage().startsWith("Non-standard");
        while (isWord && at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}

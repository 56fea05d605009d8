package dev.leat.workflow.expression;

import dev.leat.store.TaskState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of the roots: those of a workflow from its [Declarations], the others always.
final class Roots {

    private static final Map<String, @Nullable Object> ANY = Map.of();
    private static final Map<String, @Nullable Object> TEXT = Shape.type("string");
    private static final Map<String, @Nullable Object> MOMENT = Shape.type(Shape.TIMESTAMP);
    private static final Map<String, @Nullable Object> OBJECT = Shape.type("object");
    private static final Map<String, @Nullable Object> LIST = Shape.type("array");

    private static final Map<String, @Nullable Object> STATUS =
            Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(TaskState.values()).map(TaskState::name).toList());

    private static final Map<String, @Nullable Object> RUN =
            Shape.closed(
                    Map.of(
                            "id", TEXT,
                            "workflow", TEXT,
                            "namespace", TEXT,
                            "revision", Shape.type("integer"),
                            "startedAt", MOMENT,
                            "url", TEXT,
                            "labels", OBJECT,
                            "trigger", TEXT));

    private static final Map<String, Map<String, @Nullable Object>> ERROR =
            Map.of(
                    "code", TEXT,
                    "message", TEXT,
                    "task", TEXT,
                    "attempt", Shape.type("integer"),
                    "details", OBJECT,
                    "causes", LIST);

    private Roots() {}

    static Shape shape(String root, Declarations known) {
        return switch (root) {
            case "inputs" -> new Shape(known.inputs(), root, "unknown-input");
            case "vars" -> vars(known);
            case "run" -> new Shape(RUN, root, "unknown-field");
            case "trigger" -> new Shape(TriggerFields.of(known.trigger()), root, "unknown-field");
            case "error" -> new Shape(Shape.closed(ERROR), root, "unknown-field");
            case "index", "repetition" -> new Shape(Shape.type("integer"), root, "unknown-field");
            case "secrets", "tasks" -> new Shape(OBJECT, root, "unknown-field");
            default -> new Shape(ANY, root, "unknown-field");
        };
    }

    private static Shape vars(Declarations known) {
        return new Shape(Shape.closed(known.vars()), "vars", "unknown-var");
    }

    /// `tasks.<id>`; its error is null where it has none.
    static Shape task(String id, Declarations known) {
        var fields = new HashMap<String, Map<String, @Nullable Object>>();
        fields.put("output", known.tasks().getOrDefault(id, ANY));
        fields.put("status", STATUS);
        var error = new HashMap<>(Shape.closed(ERROR));
        error.remove("type");
        fields.put("error", error);
        return new Shape(Shape.closed(fields), "tasks." + id, "unknown-field");
    }
}

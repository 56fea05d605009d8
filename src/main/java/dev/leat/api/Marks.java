package dev.leat.api;

import dev.leat.engine.Operations.Mark;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads how tasks are to have ended.
final class Marks {

    private static final Set<String> FIELDS = Set.of("state", "output", "message");

    private Marks() {}

    /// From a body that has these fields itself.
    static Mark one(JsonBody body) {
        var state = body.text("state");
        if (state == null) {
            body.wrongType("state", "SUCCESS, FAILED or SKIPPED");
        }
        return new Mark(String.valueOf(state), body.value("output"), body.text("message"));
    }

    /// From a body's `mark`: tasks by id.
    static Map<String, Mark> several(JsonBody body) {
        var marks = new LinkedHashMap<String, Mark>();
        body.object("mark").forEach((task, value) -> marks.put(task, one(body, task, value)));
        return marks;
    }

    private static Mark one(JsonBody body, String task, @Nullable Object value) {
        var place = "mark/" + task;
        if (value instanceof Map<?, ?> map
                && map.get("state") instanceof String state
                && (map.get("message") == null || map.get("message") instanceof String)
                && FIELDS.containsAll(map.keySet())) {
            return new Mark(state, map.get("output"), (String) map.get("message"));
        }
        body.wrongType(place, "an object with 'state', and with it 'output' or 'message'");
        return new Mark("", null, null);
    }
}

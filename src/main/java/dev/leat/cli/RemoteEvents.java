package dev.leat.cli;

import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.RunEvent;
import dev.leat.store.RunEvent.Cursor;
import dev.leat.store.RunLogs;
import dev.leat.store.RunState;
import dev.leat.store.Transition;
import dev.leat.task.LogKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The server's events as this process would have heard them.
final class RemoteEvents {

    private RemoteEvents() {}

    /// Null for a kind that only newer servers know.
    static @Nullable RunEvent event(String run, String name, String id, String data) {
        var cursor = Cursor.parse(id);
        var json = Json.readObject(data);
        return switch (name) {
            case "run", "task" -> new RunEvent.Changed(step(run, json), cursor);
            case "log" -> new RunEvent.Wrote(line(json), cursor);
            case "end" ->
                    new RunEvent.Ended(RunState.valueOf(RunDocument.text(json, "state")), cursor);
            default -> null;
        };
    }

    private static Transition step(String run, Map<String, @Nullable Object> json) {
        var step = new Transition();
        step.run = Ids.parse(run);
        step.seq = number(json.get("seq"));
        step.task = json.get("task") instanceof String task ? task : null;
        step.state = RunDocument.text(json, "state");
        step.attempt = (int) number(json.get("attempt"));
        step.reason = json.get("reason") instanceof String reason ? reason : null;
        step.error = json.get("error") == null ? null : Json.write(json.get("error"));
        step.at = ChronoUnit.MICROS.between(Instant.EPOCH, at(json));
        return step;
    }

    static RunLogs.Line line(Map<?, ?> json) {
        return new RunLogs.Line(
                number(json.get("number")),
                at(json),
                RunDocument.text(json, "task"),
                (int) number(json.get("attempt")),
                LogKind.valueOf(RunDocument.text(json, "kind")),
                RunDocument.text(json, "text"));
    }

    private static Instant at(Map<?, ?> json) {
        return Instant.parse(RunDocument.text(json, "at"));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }
}

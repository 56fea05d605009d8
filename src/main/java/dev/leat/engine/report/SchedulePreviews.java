package dev.leat.engine.report;

import dev.leat.engine.MainOrchestrator;
import dev.leat.store.Json;
import dev.leat.task.Problem;
import dev.leat.workflow.TriggerSpec.Clock;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says when a trigger would fire that isn't part of any workflow yet, with everything that is
/// wrong with it: the same checks as a workflow's.
@ApplicationScoped
public class SchedulePreviews {

    private static final String NAME = "preview";
    private static final String PLACE = "/triggers/0";

    private final MainOrchestrator orchestrator;
    private final UpcomingFires upcoming;
    private final InstantSource clock;

    SchedulePreviews(MainOrchestrator orchestrator, UpcomingFires upcoming, InstantSource clock) {
        this.orchestrator = orchestrator;
        this.upcoming = upcoming;
        this.clock = clock;
    }

    /// @param sentence what it does; null where it can't be read
    /// @param next empty where it has errors
    public record Preview(@Nullable String sentence, List<Moment> next, List<Problem> problems) {

        public boolean valid() {
            return sentence != null;
        }
    }

    /// @param keys of a trigger, such as `cron` and `timezone`; `type` may be left out
    /// @param from the first moment that counts; null for now
    public Preview of(Map<String, @Nullable Object> keys, @Nullable Instant from, int count) {
        var trigger = new LinkedHashMap<String, @Nullable Object>();
        trigger.put("id", NAME);
        trigger.put("type", type(keys));
        trigger.putAll(keys);
        var workflow =
                Map.of(
                        "id",
                        NAME,
                        "tasks",
                        List.of(Map.of("id", "a", "type", "noop")),
                        "triggers",
                        List.of(trigger));
        var loaded =
                orchestrator.check(new Source(Json.write(workflow), Format.JSON, "the schedule"));
        var problems =
                loaded.problems().stream()
                        .filter(each -> each.pointer().startsWith(PLACE))
                        .map(
                                each ->
                                        new Problem(
                                                each.severity(),
                                                each.code(),
                                                each.pointer().substring(PLACE.length()),
                                                0,
                                                0,
                                                each.message(),
                                                each.hint()))
                        .toList();
        var read = loaded.workflow();
        if (loaded.hasErrors() || read == null) {
            return new Preview(null, List.of(), problems);
        }
        var spec = read.triggers().getFirst();
        var after = from == null ? clock.instant() : from.minusNanos(1_000);
        return new Preview(
                TriggerWords.of(spec.kind()),
                spec.kind() instanceof Clock ? upcoming.next(NAME, spec, after, count) : List.of(),
                problems);
    }

    private static String type(Map<String, @Nullable Object> keys) {
        return keys.containsKey("every") ? "interval" : keys.containsKey("at") ? "once" : "cron";
    }
}

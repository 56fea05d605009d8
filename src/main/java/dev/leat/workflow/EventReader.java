package dev.leat.workflow;

import dev.leat.workflow.TestCase.Event;
import dev.leat.workflow.TestCase.When;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what else happens during the run of a test.
final class EventReader {

    private static final List<String> KINDS = List.of("cancel", "approve", "reject", "signal");

    private final Report report;

    EventReader(Report report) {
        this.report = report;
    }

    Event event(Place place) {
        var fields = new Fields(place);
        TestReader.checkOne(place, KINDS, report);
        var approve = fields.object("approve");
        var answer = approve == null ? fields.object("reject") : approve;
        var signal = fields.object("signal");
        if (place.member("refused") instanceof Place refused && answer == null) {
            report.error(
                    refused,
                    ProblemCode.BAD_VALUE,
                    "'refused' goes with 'approve' and 'reject' only: nothing else is refused.");
        }
        if (answer == null && signal == null) {
            return cancel(fields);
        }
        TestReader.checkOne(place, List.of("at", "after"), report);
        return answer == null
                ? signal(place, when(fields), signal)
                : answer(place, when(fields), answer, approve != null);
    }

    private Event cancel(Fields fields) {
        if (fields.place().node() instanceof Node.Mapping) {
            if (fields.place().member("after") instanceof Place after) {
                report.error(
                        after,
                        ProblemCode.BAD_VALUE,
                        "'after' is counted from when a task begins to wait, and none waits for the run to be cancelled.",
                        "write 'at', which is counted from the run's start");
            } else {
                TestReader.checkOne(fields.place(), List.of("at"), report);
            }
        }
        var cancel = fields.object("cancel");
        return new Event.Cancel(
                when(fields).time(),
                cancel == null ? null : cancel.textOrNull("by"),
                cancel == null ? null : cancel.textOrNull("reason"));
    }

    private static When when(Fields fields) {
        var after = fields.duration("after");
        var at = fields.duration("at");
        return after == null
                ? new When(at == null ? Duration.ZERO : at, false)
                : new When(after, true);
    }

    private static Event answer(Place event, When when, Fields answer, boolean approved) {
        return new Event.Answer(
                event.pointer(),
                when,
                answer.text("task", ""),
                approved,
                TestReader.object(answer.place(), "values"),
                answer.textOrNull("comment"),
                answer.textOrNull("by"),
                plain(event.member("refused")));
    }

    private static Event signal(Place event, When when, @Nullable Fields signal) {
        var at = signal == null ? event : signal.place();
        var fields = new Fields(at);
        var key = plain(at.member("key"));
        var keep = fields.duration("keep");
        return new Event.Signal(
                event.pointer(),
                when,
                fields.text("name", ""),
                key == null ? "" : key.toString(),
                plain(at.member("payload")),
                keep == null ? Duration.ofDays(1) : keep,
                fields.textOrNull("by"));
    }

    private static @Nullable Object plain(@Nullable Place place) {
        return place == null ? null : place.node().plain();
    }
}

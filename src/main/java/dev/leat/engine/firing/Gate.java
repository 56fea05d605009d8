package dev.leat.engine.firing;

import dev.leat.engine.firing.SelfProtection.Answer;
import dev.leat.store.Change;
import dev.leat.store.Fire.Cause;
import dev.leat.store.Ids;
import dev.leat.store.TriggerStore;
import dev.leat.workflow.schedule.Blackout;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;

/// Whether a fire may start a run now, and why not.
@Singleton
class Gate {

    private final Calendars calendars;
    private final SelfProtection protection;
    private final TriggerStore store;

    Gate(Calendars calendars, SelfProtection protection, TriggerStore store) {
        this.calendars = calendars;
        this.protection = protection;
        this.store = store;
    }

    sealed interface Verdict {
        /// @param along what is to be written together with the run, given its id
        record Open(LongFunction<List<Change>> along) implements Verdict {}

        record Skip(Cause cause, String reason) implements Verdict {}

        record Hold(Instant until, String reason) implements Verdict {}
    }

    private static final Verdict OPEN = new Verdict.Open(_ -> List.of());

    /// @param nominal the moment that the fire stands for
    /// @param asked whether a person asked for this very run: then only what limits runs counts
    Verdict judge(Armed trigger, Instant nominal, Instant now, boolean asked) {
        var spec = trigger.spec();
        if (asked) {
            return overlap(trigger, OPEN);
        }
        if (!spec.enabled()) {
            return new Verdict.Skip(
                    Cause.DISABLED,
                    "revision %d says that the trigger is disabled".formatted(trigger.revision()));
        }
        var startAt = spec.startAt();
        if (startAt != null && nominal.isBefore(startAt)) {
            return new Verdict.Skip(Cause.BOUNDS, "the trigger's first moment is " + startAt);
        }
        var endAt = spec.endAt();
        if (endAt != null && !nominal.isBefore(endAt)) {
            return new Verdict.Skip(Cause.BOUNDS, "the trigger ended at " + endAt);
        }
        var answer = protection.ask(trigger, now);
        if (answer instanceof Answer.Paused(var sentence)) {
            return new Verdict.Skip(Cause.PAUSED, sentence);
        }
        var window = calendars.blackout(trigger.workflow(), now);
        if (window.isPresent()) {
            var blackout = window.get();
            return blackout.action() == Blackout.Action.HOLD
                    ? new Verdict.Hold(blackout.until(), blackout.sentence())
                    : new Verdict.Skip(Cause.BLACKOUT, blackout.sentence());
        }
        return overlap(
                trigger,
                answer instanceof Answer.Trial trial ? new Verdict.Open(trial::begun) : OPEN);
    }

    private Verdict overlap(Armed trigger, Verdict otherwise) {
        var most = trigger.spec().maxActive();
        if (most == 0) {
            return otherwise;
        }
        var active = store.activeRuns(trigger.workflow(), trigger.id(), most);
        if (active.size() < most) {
            return otherwise;
        }
        var runs = String.join(", ", active.stream().limit(3).map(Ids::text).toList());
        return new Verdict.Skip(
                Cause.OVERLAP,
                "%s of it %s going on (%s), and its maxActive is %d"
                        .formatted(
                                active.size() == 1 ? "a run" : active.size() + " runs",
                                active.size() == 1 ? "is" : "are",
                                runs,
                                most));
    }
}

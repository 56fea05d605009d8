package dev.leat.engine.firing;

import dev.leat.engine.firing.Backlog.Due;
import dev.leat.engine.firing.Backlog.Fate;
import dev.leat.engine.firing.Fires.Pending;
import dev.leat.store.Change;
import dev.leat.store.Fire;
import dev.leat.store.Fire.Cause;
import dev.leat.store.Fire.State;
import dev.leat.store.Journal;
import dev.leat.store.Micros;
import dev.leat.task.Refusal;
import dev.leat.workflow.Schedules;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.schedule.Occurrence;
import dev.leat.workflow.schedule.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The fires of triggers that go by the clock: which are due, and settling them in order.
@ApplicationScoped
public class ClockFires {

    private final Fires fires;
    private final Calendars calendars;
    private final Journal journal;
    private final Tally tally;
    private final FiringConfig config;
    private final InstantSource clock;

    ClockFires(
            Fires fires,
            Calendars calendars,
            Journal journal,
            Tally tally,
            FiringConfig config,
            InstantSource clock) {
        this.fires = fires;
        this.calendars = calendars;
        this.journal = journal;
        this.tally = tally;
        this.config = config;
        this.clock = clock;
    }

    /// All moments of the trigger, whatever becomes of them; empty where it doesn't go by the
    /// clock. Where its calendar isn't known, all of them are skipped.
    public Optional<Schedule> schedule(Armed trigger) {
        return trigger.spec().kind() instanceof TriggerSpec.Clock kind
                ? Optional.of(schedule(kind, trigger.workflow(), trigger.id()))
                : Optional.empty();
    }

    /// All moments that a trigger with these words would have, in the workflow and under the id.
    public Schedule schedule(TriggerSpec.Clock kind, String workflow, String trigger) {
        var seed = Armed.key(workflow, trigger);
        var name = kind.timing().calendar();
        if (name == null) {
            return Schedules.of(kind, seed, null);
        }
        var calendar = calendars.calendar(name);
        var plain = Schedules.of(kind, seed, calendar.orElse(null));
        return calendar.isPresent()
                ? plain
                : moment -> plain.after(moment).map(each -> unknown(each, name));
    }

    private static Occurrence unknown(Occurrence each, String calendar) {
        return new Occurrence(
                each.nominal(),
                each.due(),
                each.mark(),
                "there is no calendar '"
                        + calendar
                        + "', so nobody knows whether it is a business day",
                true);
    }

    private boolean known(Armed trigger) {
        if (!(trigger.spec().kind() instanceof TriggerSpec.Clock kind)) {
            return true;
        }
        var name = kind.timing().calendar();
        return name == null || calendars.calendar(name).isPresent();
    }

    /// When the trigger has something to do next; empty where it never has again.
    public Optional<Instant> next(Armed trigger) {
        var endAt = trigger.spec().endAt();
        return schedule(trigger)
                .flatMap(schedule -> schedule.after(trigger.state().settledUntil()))
                .filter(
                        next ->
                                endAt == null
                                        || next.nominal().isBefore(endAt)
                                        || trigger.state().settledUntil().isBefore(endAt))
                .map(Occurrence::due);
    }

    /// Settles all fires of the trigger that are due. When this returns, the ledger has them.
    ///
    /// @throws Refusal.Unavailable where some are left; they are still due
    public void settle(Armed trigger) {
        trigger.standing().turn().lock();
        try {
            schedule(trigger).ifPresent(schedule -> settle(trigger, schedule));
        } finally {
            trigger.standing().turn().unlock();
        }
    }

    private void settle(Armed trigger, Schedule schedule) {
        var backlog =
                Backlog.of(
                        schedule,
                        trigger.state().settledUntil(),
                        clock.instant(),
                        ((TriggerSpec.Clock) trigger.spec().kind()).timing().catchUp(),
                        config.onTime());
        var lines = new ArrayList<Fire>();
        if (backlog.lastMore() != null) {
            lines.add(more(trigger, backlog.more(), backlog.lastMore()));
        }
        for (var due : backlog.fires()) {
            var occurrence = due.occurrence();
            if (due.fate() == Fate.MISS) {
                lines.add(
                        opened(trigger, occurrence)
                                .ended(
                                        State.MISSED,
                                        Cause.ABSENT,
                                        due.missed(),
                                        null,
                                        clock.instant()));
            } else if (occurrence.skipped()) {
                lines.add(
                        opened(trigger, occurrence)
                                .ended(
                                        known(trigger) ? State.SKIPPED : State.MISSED,
                                        Cause.CALENDAR,
                                        occurrence.note(),
                                        null,
                                        clock.instant()));
            } else {
                write(trigger, lines);
                lines.clear();
                fire(trigger, due);
            }
        }
        write(trigger, lines);
    }

    private void fire(Armed trigger, Due due) {
        var occurrence = due.occurrence();
        var late = due.fate() == Fate.CATCH_UP;
        var cursor =
                new Change.TriggerSettled(trigger.workflow(), trigger.id(), occurrence.nominal());
        fires.settle(
                new Pending(
                        trigger,
                        opened(trigger, occurrence),
                        facts(occurrence, late, false),
                        false,
                        late ? "nobody was there at the time" : null,
                        false,
                        List.of(cursor)));
        trigger.standing().settled(occurrence.nominal());
    }

    static Map<String, @Nullable Object> facts(
            Occurrence occurrence, boolean catchUp, boolean backfill) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("scheduledAt", occurrence.nominal().toString());
        facts.put("dueAt", occurrence.due().toString());
        facts.put("catchUp", catchUp);
        facts.put("backfill", backfill);
        return facts;
    }

    private Fire opened(Armed trigger, Occurrence occurrence) {
        var fire =
                fires.opened(
                        trigger,
                        slot(occurrence.nominal()),
                        occurrence.nominal(),
                        occurrence.due(),
                        null);
        return occurrence.note() == null ? fire : fire.noted(occurrence.note());
    }

    static String slot(Instant nominal) {
        return Long.toString(Micros.of(nominal));
    }

    private Fire more(Armed trigger, long count, Instant last) {
        return fires.opened(trigger, slot(last), last, last, null)
                .ended(
                        State.MISSED,
                        Cause.ABSENT,
                        "nobody was there, as for the %d fires before it".formatted(count - 1),
                        null,
                        clock.instant());
    }

    /// Lines without a run, together. Where another node has some of them, the others one by one.
    private void write(Armed trigger, List<Fire> lines) {
        if (lines.isEmpty()) {
            return;
        }
        var cursor =
                new Change.TriggerSettled(
                        trigger.workflow(), trigger.id(), lines.getLast().nominal());
        if (!written(lines, cursor)) {
            lines.forEach(line -> written(List.of(line), cursor));
        }
        lines.forEach(tally::count);
        trigger.standing().settled(lines.getLast().nominal());
    }

    private boolean written(List<Fire> lines, Change cursor) {
        var changes = new ArrayList<Change>(lines.size() + 1);
        lines.forEach(line -> changes.add(new Change.Fired(line)));
        changes.add(cursor);
        try {
            journal.write(changes).join();
            return true;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof Refusal.Conflict) {
                return false;
            }
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}

package dev.leat.engine.report;

import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Calendars;
import dev.leat.engine.firing.ClockFires;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.TriggerSpec.Clock;
import dev.leat.workflow.schedule.Blackout;
import dev.leat.workflow.schedule.Occurrence;
import dev.leat.workflow.schedule.Schedule;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// When triggers are expected to fire, as things stand: bounds, calendars and blackouts counted.
@Singleton
class UpcomingFires {

    private final ClockFires clockFires;
    private final Calendars calendars;

    UpcomingFires(ClockFires clockFires, Calendars calendars) {
        this.clockFires = clockFires;
        this.calendars = calendars;
    }

    /// The first fires after a moment; none of a trigger that is disabled or doesn't go by the
    /// clock.
    List<Moment> next(Armed trigger, Instant after, int most) {
        if (!trigger.spec().enabled() || !(trigger.spec().kind() instanceof Clock kind)) {
            return List.of();
        }
        var moments = new ArrayList<Moment>();
        each(
                clockFires.schedule(kind, trigger.workflow(), trigger.id()),
                trigger.spec().startAt(),
                trigger.spec().endAt(),
                after,
                occurrence -> {
                    moments.add(moment(trigger.workflow(), kind, occurrence));
                    return moments.size() < most;
                });
        return moments;
    }

    /// The same of a trigger that isn't stored, or is other than it is stored.
    List<Moment> next(String workflow, TriggerSpec spec, Instant after, int most) {
        var moments = new ArrayList<Moment>();
        if (spec.kind() instanceof Clock kind && most > 0) {
            each(
                    clockFires.schedule(kind, workflow, spec.id()),
                    spec.startAt(),
                    spec.endAt(),
                    after,
                    occurrence -> {
                        moments.add(moment(workflow, kind, occurrence));
                        return moments.size() < most;
                    });
        }
        return moments;
    }

    /// Passes the moments after one in order, as long as they are wanted and within the bounds.
    static void each(
            Schedule schedule,
            @Nullable Instant startAt,
            @Nullable Instant endAt,
            Instant after,
            Predicate<Occurrence> wanted) {
        var from = startAt != null && startAt.isAfter(after) ? startAt.minusNanos(1_000) : after;
        var next = schedule.after(from);
        while (next.isPresent()
                && (endAt == null || next.get().nominal().isBefore(endAt))
                && wanted.test(next.get())) {
            next = schedule.after(next.get().nominal());
        }
    }

    Moment moment(String workflow, Clock kind, Occurrence each) {
        var zone = kind.timing().zone();
        var window = blackout(workflow, each);
        if (window.isEmpty()) {
            return Moment.of(each, zone);
        }
        var held = window.get().action() == Blackout.Action.HOLD;
        var note =
                held
                        ? "held until %s: %s"
                                .formatted(window.get().until(), window.get().sentence())
                        : window.get().sentence();
        return Moment.of(each, zone, each.note() == null ? note : each.note() + "; " + note, !held);
    }

    private Optional<Blackout.Window> blackout(String workflow, Occurrence each) {
        return each.skipped() ? Optional.empty() : calendars.blackout(workflow, each.due());
    }

    /// When it is expected to start a run; empty where it starts none.
    Optional<Instant> start(String workflow, Occurrence each) {
        if (each.skipped()) {
            return Optional.empty();
        }
        var window = calendars.blackout(workflow, each.due());
        if (window.isEmpty()) {
            return Optional.of(each.due());
        }
        return window.get().action() == Blackout.Action.HOLD
                ? Optional.of(window.get().until())
                : Optional.empty();
    }
}

package dev.leat.workflow.schedule;

import dev.leat.workflow.schedule.Occurrence.Mark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Moments, those on days without business moved to the same time of a business day.
final class MovedMoments implements Schedule {

    private final Moments moments;
    private final BusinessCalendar calendar;
    private final boolean forward;
    private final ZoneId zone;
    private final Jitter jitter;

    MovedMoments(Moments moments, Timetable timetable, BusinessCalendar calendar) {
        this.moments = moments;
        this.calendar = calendar;
        this.forward = timetable.holiday() == Timetable.Holiday.NEXT;
        this.zone = timetable.zone();
        this.jitter = timetable.lateness();
    }

    @Override
    public Optional<Occurrence> after(Instant moment) {
        if (!moment.isBefore(Moments.END)) {
            return Optional.empty();
        }
        var target = calendar.onOrAfter(dateOf(Moments.bounded(moment))).orElse(null);
        while (target != null) {
            var best = earliestOn(target, moment);
            if (best != null) {
                return Optional.of(best);
            }
            target = following(target);
        }
        return Optional.empty();
    }

    /// The next business day that anything falls on or is moved to.
    private @Nullable LocalDate following(LocalDate target) {
        var day = lastSourceOf(target).plusDays(1);
        var next = moments.after(day.atStartOfDay(zone).toInstant().minusNanos(1));
        if (next == null) {
            return null;
        }
        var date = dateOf(next);
        return (forward ? calendar.onOrAfter(date) : calendar.onOrBefore(date)).orElse(null);
    }

    private @Nullable Occurrence earliestOn(LocalDate target, Instant moment) {
        var last = lastSourceOf(target);
        var from = forward ? calendar.runBefore(target) : target;
        Occurrence best = null;
        var at = moments.after(from.atStartOfDay(zone).toInstant().minusNanos(1));
        while (at != null && !dateOf(at).isAfter(last)) {
            var moved = moved(at, target);
            if (moved.nominal().isAfter(moment) && (best == null || isBefore(moved, best))) {
                best = moved;
            }
            at = moments.after(at);
        }
        return best;
    }

    /// Of two at one moment, the one that wasn't moved there counts.
    private static boolean isBefore(Occurrence one, Occurrence other) {
        var order = one.nominal().compareTo(other.nominal());
        return order < 0 || (order == 0 && one.mark() == Mark.EXACT);
    }

    /// The last day whose moments end up on this one.
    private LocalDate lastSourceOf(LocalDate target) {
        return forward
                ? target
                : calendar.onOrAfter(target.plusDays(1))
                        .map(day -> day.minusDays(1))
                        .orElse(target);
    }

    private Occurrence moved(Instant at, LocalDate target) {
        var local = at.atZone(zone);
        var source = local.toLocalDate();
        if (source.equals(target)) {
            return new Occurrence(at, jitter.due(at), Mark.EXACT, null, false);
        }
        var nominal = inZone(local.toLocalTime().atDate(target));
        return new Occurrence(
                nominal, jitter.due(nominal), Mark.MOVED, Notes.moved(calendar, source), false);
    }

    /// The first of two, and the end of a gap.
    private Instant inZone(LocalDateTime local) {
        var change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).toInstant();
    }

    private LocalDate dateOf(Instant moment) {
        return moment.atZone(zone).toLocalDate();
    }
}

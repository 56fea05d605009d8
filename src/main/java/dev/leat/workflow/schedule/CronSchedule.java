package dev.leat.workflow.schedule;

import dev.leat.workflow.schedule.Occurrence.Mark;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The moments of a cron expression in a time zone.
///
/// It goes from one change of the zone's clock to the next. Between two changes local time runs as
/// time does, so that the expression's next local time is the next moment; a change that leaves
/// local times out is looked at by itself when it is passed.
///
/// An expression that fires in every hour of a day, such as `*/15 * * * *`, is meant by elapsed
/// time: both passes of an overlap count, and a gap of an hour or more leaves nothing to make up
/// for. So it is with Vixie cron, too.
final class CronSchedule implements Schedule {

    private static final Duration HOUR = Duration.ofHours(1);

    /// No clock is set back by so many days.
    private static final int DAYS_SET_BACK = 2;

    private final Cron cron;
    private final DayRule days;
    private final Timetable timetable;
    private final ZoneRules rules;
    private final Timetable.Overlap overlap;
    private final Jitter jitter;

    CronSchedule(Cron cron, DayRule days, Timetable timetable) {
        this.cron = cron;
        this.days = days;
        this.timetable = timetable;
        this.rules = timetable.zone().getRules();
        this.overlap = cron.firesEveryHour() ? Timetable.Overlap.BOTH : timetable.overlap();
        this.jitter = timetable.lateness();
    }

    @Override
    public Optional<Occurrence> after(Instant moment) {
        if (!moment.isBefore(Moments.END)) {
            return Optional.empty();
        }
        var start = Moments.bounded(moment);
        var from = Instant.ofEpochSecond(start.getEpochSecond() + 1);
        while (!from.isAfter(Moments.END)) {
            var change = rules.nextTransition(from.minusSeconds(1));
            if (change != null && change.getInstant().equals(from)) {
                var made = atGap(change);
                if (made.isPresent()) {
                    return made;
                }
                change = rules.nextTransition(from);
            }
            var step = within(from, change);
            if (step.found() != null || step.next() == null) {
                return Optional.ofNullable(step.found());
            }
            from = step.next();
        }
        return Optional.empty();
    }

    /// What a stretch without a change of the clock gives.
    ///
    /// @param next where to go on if nothing was found; null where nothing comes
    private record Step(@Nullable Occurrence found, @Nullable Instant next) {}

    private Step within(Instant from, @Nullable ZoneOffsetTransition end) {
        var offset = rules.getOffset(from);
        var local = LocalDateTime.ofInstant(from, offset);
        var first = cron.next(local, days);
        var next = first;
        while (next.isPresent() && (end == null || next.get().isBefore(end.getDateTimeBefore()))) {
            var change = overlapAt(next.get());
            if (change == null || counts(change, offset)) {
                return new Step(occurrence(next.get(), offset, change), null);
            }
            next = cron.next(change.getDateTimeBefore(), days);
        }
        return new Step(null, goOn(from, first, end));
    }

    /// The change that brings the local time twice; null where it comes once.
    private @Nullable ZoneOffsetTransition overlapAt(LocalDateTime local) {
        var change = rules.getTransition(local);
        return change != null && change.isOverlap() ? change : null;
    }

    private boolean counts(ZoneOffsetTransition change, ZoneOffset offset) {
        var first = offset.equals(change.getOffsetBefore());
        return switch (overlap) {
            case BOTH -> true;
            case FIRST -> first;
            case LAST -> !first;
        };
    }

    /// At the next change of the clock, or shortly before the next local time if the next change is
    /// far: only a clock that is set back soon can bring other local times before that.
    private static @Nullable Instant goOn(
            Instant from, Optional<LocalDateTime> next, @Nullable ZoneOffsetTransition change) {
        var near = from.plus(Duration.ofDays(DAYS_SET_BACK));
        if (change != null && change.getInstant().isBefore(near)) {
            return change.getInstant();
        }
        if (next.isEmpty() || change == null) {
            return null;
        }
        var jump = next.get().minusDays(DAYS_SET_BACK).toInstant(ZoneOffset.UTC);
        return jump.isAfter(change.getInstant()) ? jump : change.getInstant();
    }

    /// @param change that brings the local time twice; null where it comes once
    private Occurrence occurrence(
            LocalDateTime local, ZoneOffset offset, @Nullable ZoneOffsetTransition change) {
        var first = change != null && offset.equals(change.getOffsetBefore());
        var mark = change == null ? Mark.EXACT : first ? Mark.FIRST_OF_TWO : Mark.SECOND_OF_TWO;
        var note = change == null ? null : Notes.ofTwo(local, timetable.zone(), first);
        return marked(local, local.toInstant(offset), mark, note);
    }

    /// The one fire at the end of a gap that stands for all local times in it.
    private Optional<Occurrence> atGap(ZoneOffsetTransition change) {
        if (!change.isGap() || (cron.firesEveryHour() && !isMadeUp(change))) {
            return Optional.empty();
        }
        var end = change.getDateTimeAfter();
        var first = cron.next(change.getDateTimeBefore(), days);
        if (first.isEmpty()
                || !first.get().isBefore(end)
                || cron.next(end, days).filter(end::equals).isPresent()) {
            return Optional.empty();
        }
        var skipped = timetable.gap() == Timetable.Gap.SKIP;
        var note = Notes.afterGap(first.get(), timetable.zone(), skipped);
        var made = marked(first.get(), change.getInstant(), Mark.AFTER_GAP, note);
        return Optional.of(
                skipped && !made.skipped()
                        ? new Occurrence(made.nominal(), made.due(), made.mark(), made.note(), true)
                        : made);
    }

    private boolean isMadeUp(ZoneOffsetTransition change) {
        return timetable.gap() == Timetable.Gap.RUN && change.getDuration().compareTo(HOUR) < 0;
    }

    /// What the calendar says of it.
    private Occurrence marked(
            LocalDateTime local, Instant nominal, Mark mark, @Nullable String note) {
        var calendar = timetable.calendar();
        var due = jitter.due(nominal);
        var date = local.toLocalDate();
        if (calendar == null) {
            return new Occurrence(nominal, due, mark, note, false);
        }
        if (days instanceof MovedDays moved) {
            var origin = moved.origin(date);
            return origin.isEmpty()
                    ? new Occurrence(nominal, due, mark, note, false)
                    : new Occurrence(
                            nominal,
                            due,
                            Mark.MOVED,
                            Notes.both(note, Notes.moved(calendar, origin.get())),
                            false);
        }
        return calendar.isBusinessDay(date)
                ? new Occurrence(nominal, due, mark, note, false)
                : new Occurrence(
                        nominal, due, mark, Notes.both(note, Notes.skipped(calendar, date)), true);
    }
}

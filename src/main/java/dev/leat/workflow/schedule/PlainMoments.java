package dev.leat.workflow.schedule;

import dev.leat.workflow.schedule.Occurrence.Mark;
import java.time.Instant;
import java.util.Optional;

/// Moments as they are; on days without business they are skipped.
final class PlainMoments implements Schedule {

    private final Moments moments;
    private final Timetable timetable;
    private final Jitter jitter;

    PlainMoments(Moments moments, Timetable timetable) {
        this.moments = moments;
        this.timetable = timetable;
        this.jitter = timetable.lateness();
    }

    @Override
    public Optional<Occurrence> after(Instant moment) {
        var next = moments.after(moment);
        if (next == null) {
            return Optional.empty();
        }
        var calendar = timetable.calendar();
        var date = next.atZone(timetable.zone()).toLocalDate();
        var note =
                calendar == null || calendar.isBusinessDay(date)
                        ? null
                        : Notes.skipped(calendar, date);
        return Optional.of(new Occurrence(next, jitter.due(next), Mark.EXACT, note, note != null));
    }
}

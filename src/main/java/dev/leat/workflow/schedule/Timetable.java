package dev.leat.workflow.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What a schedule makes of clock changes, holidays and jitter.
///
/// @param seed a text that tells the schedule apart from others
/// @param jitter each fire is late by less than this
/// @param calendar says which days are business days; null for none
public record Timetable(
        ZoneId zone,
        Gap gap,
        Overlap overlap,
        String seed,
        Duration jitter,
        @Nullable BusinessCalendar calendar,
        Holiday holiday) {

    /// What becomes of local times that a clock change leaves out.
    public enum Gap {
        /// Those of one gap are one fire at its end.
        RUN,
        SKIP
    }

    /// Which of two equal local times counts.
    public enum Overlap {
        FIRST,
        LAST,
        BOTH
    }

    /// What becomes of a fire on a day that is no business day.
    public enum Holiday {
        SKIP,
        NEXT,
        PREVIOUS
    }

    /// @param businessDay only this business day of each month counts, from 1, or from −1
    /// backwards; 0 for the days that the expression names
    public Schedule cron(Cron cron, int businessDay) {
        return new CronSchedule(cron, days(cron, businessDay), this);
    }

    private DayRule days(Cron cron, int businessDay) {
        if (businessDay != 0) {
            return new BusinessDayOfMonth(
                    cron.months(),
                    businessDay,
                    calendar == null ? BusinessCalendar.PLAIN : calendar);
        }
        return calendar == null || holiday == Holiday.SKIP
                ? cron.days()
                : new MovedDays(cron.days(), calendar, holiday == Holiday.NEXT);
    }

    /// Whole multiples of a duration before and after a moment. They never drift, whatever clocks
    /// do.
    public Schedule every(Duration every, Instant anchor) {
        return moments(new Multiples(every, anchor), every.compareTo(Duration.ofDays(1)) >= 0);
    }

    public Schedule once(Instant at) {
        return moments(moment -> at.isAfter(moment) && !at.isAfter(Moments.END) ? at : null, true);
    }

    private Schedule moments(Moments moments, boolean movable) {
        return movable && calendar != null && holiday != Holiday.SKIP
                ? new MovedMoments(moments, this, calendar)
                : new PlainMoments(moments, this);
    }

    Jitter lateness() {
        return Jitter.of(seed, jitter);
    }
}

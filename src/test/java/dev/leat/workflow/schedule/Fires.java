package dev.leat.workflow.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Schedules for tests, and what they give.
record Fires(
        ZoneId zone,
        Timetable.Gap gap,
        Timetable.Overlap overlap,
        Duration jitter,
        @Nullable BusinessCalendar calendar,
        Timetable.Holiday holiday) {

    static Fires in(String zone) {
        return new Fires(
                ZoneId.of(zone),
                Timetable.Gap.RUN,
                Timetable.Overlap.FIRST,
                Duration.ZERO,
                null,
                Timetable.Holiday.SKIP);
    }

    Fires with(Timetable.Gap other) {
        return new Fires(zone, other, overlap, jitter, calendar, holiday);
    }

    Fires with(Timetable.Overlap other) {
        return new Fires(zone, gap, other, jitter, calendar, holiday);
    }

    Fires with(Duration other) {
        return new Fires(zone, gap, overlap, other, calendar, holiday);
    }

    Fires with(BusinessCalendar other, Timetable.Holiday on) {
        return new Fires(zone, gap, overlap, jitter, other, on);
    }

    Timetable timetable() {
        return new Timetable(zone, gap, overlap, "sales.nightly/cron", jitter, calendar, holiday);
    }

    Schedule cron(String text) {
        return cron(text, 0);
    }

    Schedule cron(String text, int businessDay) {
        try {
            return timetable().cron(Cron.parse(text), businessDay);
        } catch (CronException e) {
            throw new AssertionError(e);
        }
    }

    /// The first ones after a moment.
    static List<Occurrence> after(Schedule schedule, String moment, int most) {
        var found = new ArrayList<Occurrence>();
        var next = schedule.after(Instant.parse(moment));
        while (next.isPresent() && found.size() < most) {
            found.add(next.get());
            next = schedule.after(next.get().nominal());
        }
        return found;
    }

    /// Their times on the zone's clock, each with its offset.
    List<String> local(Schedule schedule, String moment, int most) {
        return after(schedule, moment, most).stream()
                .map(at -> at.nominal().atZone(zone).toOffsetDateTime().toString())
                .toList();
    }
}

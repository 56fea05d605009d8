package dev.leat.workflow;

import dev.leat.task.Durations;
import dev.leat.workflow.TriggerSpec.CatchUp;
import dev.leat.workflow.TriggerSpec.Clock;
import dev.leat.workflow.TriggerSpec.OnHoliday;
import dev.leat.workflow.schedule.Cron;
import dev.leat.workflow.schedule.CronException;
import dev.leat.workflow.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Checks what a trigger that goes by the clock says of time.
final class ClockCheck {

    /// So many fires are looked at to find the shortest time between two.
    private static final int FIRES = 200;

    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

    private final Report report;
    private final Instant now;

    ClockCheck(Report report, Instant now) {
        this.report = report;
        this.now = now;
    }

    void check(Place place, TriggerSpec trigger, Clock clock) {
        needless(place, clock);
        switch (clock) {
            case TriggerSpec.Cron cron -> cron(place, trigger, cron);
            case TriggerSpec.Interval interval -> {
                clockChanges(place, "an interval counts elapsed time");
                within(place, "every", trigger, interval);
                jitter(place, clock, interval.every());
            }
            case TriggerSpec.Once once -> {
                clockChanges(place, "a moment isn't a local time");
                once(place, trigger, once);
            }
        }
    }

    private void needless(Place place, Clock clock) {
        var timing = clock.timing();
        if (timing.catchUp().policy() != CatchUp.Policy.ALL) {
            unless(place, "catchUpMost", "only with \"catchUp\": \"all\" there is more than one");
        }
        if (timing.catchUp().policy() == CatchUp.Policy.NONE) {
            unless(place, "catchUpWindow", "nothing is made up for");
        }
        if (timing.calendar() == null) {
            unless(place, "onHoliday", "there is no 'calendar'");
        }
    }

    private void unless(Place place, String key, String why) {
        TriggerCheck.needless(report, place, key, why);
    }

    private void clockChanges(Place place, String why) {
        unless(place, "onGap", why);
        unless(place, "onOverlap", why);
    }

    private void once(Place place, TriggerSpec trigger, TriggerSpec.Once once) {
        var at = place.member("at");
        if (at == null) {
            return;
        }
        if (!once.at().isAfter(now)) {
            neverFires(at, once, "its moment is in the past");
        } else {
            within(place, "at", trigger, once);
        }
    }

    private void cron(Place place, TriggerSpec trigger, TriggerSpec.Cron spec) {
        var at = place.member("cron");
        if (at == null || !(at.node().plain() instanceof String text)) {
            return;
        }
        Cron cron;
        try {
            cron = Cron.parse(text);
        } catch (CronException e) {
            report.error(
                    at.shownAt(report.offsetWithin(at, e.offset())),
                    ProblemCode.BAD_CRON,
                    e.sentence(),
                    e.hint());
            return;
        }
        var never = cron.neverFires();
        if (never.isPresent()) {
            report.error(
                    at.shownAt(report.offsetWithin(at, 0)),
                    ProblemCode.CRON_NEVER_FIRES,
                    never.get(),
                    "write L for the last day of a month");
            return;
        }
        businessDay(place, cron, spec);
        if (cron.firesEveryHour()) {
            clockChanges(place, "what fires every hour goes by elapsed time");
        }
        within(place, "cron", trigger, spec);
        jitter(place, spec, shortest(Schedules.of(spec, "", null)));
    }

    private void businessDay(Place place, Cron cron, TriggerSpec.Cron spec) {
        var at = place.member("businessDay");
        if (at == null) {
            return;
        }
        if (spec.businessDay() == 0) {
            report.error(
                    at,
                    ProblemCode.BAD_VALUE,
                    "No business day has the number 0.",
                    "1 is the first of the month, -1 the last");
        } else if (cron.restrictsDays()) {
            report.error(
                    at,
                    ProblemCode.BAD_COMBINATION,
                    "With 'businessDay' the expression names no days.",
                    "write * for its day and weekday");
        } else {
            unless(place, "onHoliday", "'businessDay' names a business day already");
        }
    }

    /// Whether there is a fire within its bounds; a calendar that moves fires may know better.
    private void within(Place place, String key, TriggerSpec trigger, Clock clock) {
        var at = place.member(key);
        var timing = clock.timing();
        if (at == null || (timing.calendar() != null && timing.onHoliday() != OnHoliday.SKIP)) {
            return;
        }
        var from = trigger.startAt() == null ? EARLY : trigger.startAt();
        var first = Schedules.of(clock, "", null).after(from.minusNanos(1));
        if (first.isEmpty()) {
            neverFires(at, clock, "no such moment comes");
        } else if (trigger.startAt() != null
                && trigger.endAt() != null
                && trigger.endAt().isAfter(trigger.startAt())
                && !first.get().nominal().isBefore(trigger.endAt())) {
            neverFires(at, clock, "no such moment lies between 'startAt' and 'endAt'");
        }
    }

    private void neverFires(Place at, Clock clock, String why) {
        var message = "This never fires: %s.".formatted(why);
        if (clock instanceof TriggerSpec.Cron) {
            report.error(at, ProblemCode.CRON_NEVER_FIRES, message);
        } else {
            report.warning(at, ProblemCode.NEVER_FIRES, message, "mend it, or remove the trigger");
        }
    }

    private void jitter(Place place, Clock clock, Duration shortest) {
        var at = place.member("jitter");
        if (at != null && clock.timing().jitter().compareTo(shortest) >= 0) {
            report.warning(
                    at,
                    ProblemCode.LONG_JITTER,
                    "The jitter is as long as the time between two fires (%s), so that one may come after the next."
                            .formatted(Durations.text(shortest)),
                    "make it shorter");
        }
    }

    private static Duration shortest(Schedule schedule) {
        var shortest = ChronoUnit.FOREVER.getDuration();
        var at = schedule.after(EARLY);
        for (int count = 0; count < FIRES && at.isPresent(); count++) {
            var next = schedule.after(at.get().nominal());
            if (next.isPresent()) {
                var distance = Duration.between(at.get().nominal(), next.get().nominal());
                shortest = distance.compareTo(shortest) < 0 ? distance : shortest;
            }
            at = next;
        }
        return shortest;
    }
}

package dev.leat.workflow;

import dev.leat.workflow.TriggerSpec.Clock;
import dev.leat.workflow.schedule.BusinessCalendar;
import dev.leat.workflow.schedule.CronException;
import dev.leat.workflow.schedule.Schedule;
import dev.leat.workflow.schedule.Timetable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When triggers that go by the clock are due. Bounds (`startAt`, `endAt`) are not looked at here.
public final class Schedules {

    private Schedules() {}

    /// @param seed a text that tells the trigger apart from all others: its jitter comes of it
    /// @param calendar the trigger's calendar; null if it names none
    public static Schedule of(Clock clock, String seed, @Nullable BusinessCalendar calendar) {
        var timing = clock.timing();
        var timetable =
                new Timetable(
                        timing.zone(),
                        switch (timing.onGap()) {
                            case RUN -> Timetable.Gap.RUN;
                            case SKIP -> Timetable.Gap.SKIP;
                        },
                        switch (timing.onOverlap()) {
                            case FIRST -> Timetable.Overlap.FIRST;
                            case LAST -> Timetable.Overlap.LAST;
                            case BOTH -> Timetable.Overlap.BOTH;
                        },
                        seed,
                        timing.jitter(),
                        calendar,
                        switch (timing.onHoliday()) {
                            case SKIP -> Timetable.Holiday.SKIP;
                            case NEXT -> Timetable.Holiday.NEXT;
                            case PREVIOUS -> Timetable.Holiday.PREVIOUS;
                        });
        return of(clock, timetable);
    }

    private static Schedule of(Clock clock, Timetable timetable) {
        return switch (clock) {
            case TriggerSpec.Cron cron -> cron(cron, timetable);
            case TriggerSpec.Interval interval ->
                    timetable.every(interval.every(), interval.anchor());
            case TriggerSpec.Once once -> timetable.once(once.at());
        };
    }

    /// The loader refuses expressions that can't be read; one that came by otherwise never fires.
    private static Schedule cron(TriggerSpec.Cron cron, Timetable timetable) {
        try {
            return timetable.cron(
                    dev.leat.workflow.schedule.Cron.parse(cron.expression()), cron.businessDay());
        } catch (CronException _) {
            return _ -> Optional.empty();
        }
    }
}

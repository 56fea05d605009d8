package dev.leat.engine.firing;

import dev.leat.task.Durations;
import dev.leat.workflow.TriggerSpec.CatchUp;
import dev.leat.workflow.schedule.Occurrence;
import dev.leat.workflow.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fires of a schedule that are due and not in the ledger yet, in order, and what is to become
/// of each. Nothing but a function of its arguments.
///
/// @param fires in order
/// @param more how many earlier ones there are that have no line of their own, all of them missed
/// @param lastMore the latest of those; null for none
record Backlog(List<Due> fires, long more, @Nullable Instant lastMore) {

    /// So many missed fires have lines of their own; of a schedule that fires each second and was
    /// down for a month, the rest is one line.
    static final int MOST_LINES = 10_000;

    enum Fate {
        /// It is time.
        FIRE,
        /// It is past its time, and made up for.
        CATCH_UP,
        MISS
    }

    /// @param missed why it isn't made up for; null where it is fired
    record Due(Occurrence occurrence, Fate fate, @Nullable String missed) {}

    Backlog {
        fires = List.copyOf(fires);
    }

    /// @param settled all fires up to this moment are in the ledger
    /// @param onTime how late a fire may be and still count as on time
    static Backlog of(
            Schedule schedule, Instant settled, Instant now, CatchUp catchUp, Duration onTime) {
        var late = new ArrayDeque<Occurrence>();
        var prompt = new ArrayList<Due>();
        var more = 0L;
        Instant lastMore = null;
        var next = schedule.after(settled);
        while (next.isPresent() && !next.get().due().isAfter(now)) {
            var occurrence = next.get();
            if (occurrence.due().plus(onTime).isBefore(now)) {
                late.add(occurrence);
            } else {
                prompt.add(new Due(occurrence, Fate.FIRE, null));
            }
            if (late.size() > MOST_LINES) {
                lastMore = late.remove().nominal();
                more++;
            }
            next = schedule.after(occurrence.nominal());
        }
        var fires = new ArrayList<Due>(late.size() + prompt.size());
        fires.addAll(fates(new ArrayList<>(late), now, catchUp));
        fires.addAll(prompt);
        return new Backlog(fires, more, lastMore);
    }

    private static List<Due> fates(List<Occurrence> late, Instant now, CatchUp catchUp) {
        var wanted =
                switch (catchUp.policy()) {
                    case NONE -> 0;
                    case LAST -> 1;
                    case ALL -> catchUp.most();
                };
        var left = late.stream().filter(each -> !each.skipped()).count();
        var fates = new ArrayList<Due>(late.size());
        for (var occurrence : late) {
            if (occurrence.skipped()) {
                fates.add(new Due(occurrence, Fate.CATCH_UP, null));
                continue;
            }
            var window = catchUp.window();
            if (left > wanted) {
                fates.add(new Due(occurrence, Fate.MISS, policy(catchUp)));
            } else if (window != null && occurrence.due().plus(window).isBefore(now)) {
                fates.add(
                        new Due(
                                occurrence,
                                Fate.MISS,
                                "nobody was there, and it is longer ago than the catchUpWindow of "
                                        + Durations.text(window)));
            } else {
                fates.add(new Due(occurrence, Fate.CATCH_UP, null));
            }
            left--;
        }
        return fates;
    }

    private static String policy(CatchUp catchUp) {
        return switch (catchUp.policy()) {
            case NONE -> "nobody was there, and nothing is made up for: catchUp is none";
            case LAST -> "nobody was there, and only the last fire is made up for: catchUp is last";
            case ALL ->
                    "nobody was there, and only the last %d are made up for (catchUpMost)"
                            .formatted(catchUp.most());
        };
    }
}

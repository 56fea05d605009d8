package dev.leat.dashboard;

import dev.leat.store.Ids;
import dev.leat.store.RunState;
import dev.leat.store.WorkflowHistory.Glance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a workflow's last runs say of it in numbers.
///
/// @param lastId of the newest run; empty where there is none
/// @param success how many in a hundred of those that ended well or badly ended well; null where
/// none has ended so. Runs that somebody cancelled don't count
/// @param median how long half of the runs that have ended took at most, in milliseconds; null
/// without any
/// @param slow how long nineteen of twenty took at most
/// @param running how many haven't ended
record Figures(
        String lastId,
        @Nullable RunState lastState,
        @Nullable Instant lastAt,
        @Nullable Integer success,
        @Nullable Long median,
        @Nullable Long slow,
        int running,
        boolean failing) {

    static final Figures NONE = new Figures("", null, null, null, null, null, 0, false);

    /// @param runs newest first
    static Figures of(List<Glance> runs) {
        if (runs.isEmpty()) {
            return NONE;
        }
        var last = runs.getFirst();
        var took =
                runs.stream()
                        .filter(run -> run.state().terminal())
                        .flatMap(run -> Stream.ofNullable(millis(run)))
                        .sorted()
                        .toList();
        return new Figures(
                Ids.text(last.id()),
                last.state(),
                at(last.createdAt()),
                success(runs),
                took.isEmpty() ? null : share(took, 0.5),
                took.isEmpty() ? null : share(took, 0.95),
                (int) runs.stream().filter(run -> !run.state().terminal()).count(),
                runs.stream()
                        .filter(Figures::counts)
                        .findFirst()
                        .map(run -> run.state() != RunState.SUCCESS)
                        .orElse(false));
    }

    private static Instant at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Integer success(List<Glance> runs) {
        var counted = runs.stream().filter(Figures::counts).toList();
        if (counted.isEmpty()) {
            return null;
        }
        var good = counted.stream().filter(run -> run.state() == RunState.SUCCESS).count();
        return (int) (good * 100 / counted.size());
    }

    private static boolean counts(Glance run) {
        return switch (run.state()) {
            case SUCCESS, FAILED, TIMED_OUT -> true;
            case QUEUED, RUNNING, PAUSED, CANCELLED -> false;
        };
    }

    private static long share(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    /// How long it took; null while it hasn't ended, or where it never began.
    static @Nullable Long millis(Glance run) {
        return run.startedAt() == null || run.finishedAt() == null
                ? null
                : (Long) (Math.max(0, run.finishedAt() - run.startedAt()) / 1_000);
    }

    public boolean any() {
        return !lastId.isEmpty();
    }
}

package dev.leat.engine;

import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongPredicate;

/// Those who wait for a run's end, wherever the run is: in memory, in line, on another node, or
/// over long ago.
@ApplicationScoped
class AwaitedRuns {

    private final RunStore runs;
    private final Timers timers;
    private final Map<Long, CompletableFuture<RunState>> awaited = new ConcurrentHashMap<>();

    AwaitedRuns(RunStore runs, Timers timers) {
        this.runs = runs;
        this.timers = timers;
    }

    /// Returns once the run has ended, or the time is up.
    ///
    /// @param carriedHere as with [#whenEnded]
    void await(long run, LongPredicate carriedHere, Duration atMost) throws InterruptedException {
        var ended = whenEnded(run, carriedHere);
        if (ended.isDone()) {
            return;
        }
        var late = new CompletableFuture<Void>();
        // A virtual thread that sleeps for a time wakes two others, once to begin and once to end.
        var alarm = timers.after(atMost, () -> late.complete(null));
        try {
            CompletableFuture.anyOf(ended, late).get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } finally {
            alarm.cancel();
        }
    }

    /// @param carriedHere whether this process has the run, and will tell of its end
    CompletableFuture<RunState> whenEnded(long run, LongPredicate carriedHere) {
        var ended = awaited.computeIfAbsent(run, id -> new CompletableFuture<>());
        // Only after it is known whom to tell: an end between question and answer is told.
        if (!carriedHere.test(run)) {
            look(run);
        }
        return ended;
    }

    void ended(long run, RunState state) {
        var waiting = awaited.remove(run);
        if (waiting != null) {
            waiting.complete(state);
        }
    }

    /// Looks whether a run has ended that others carry; a run that doesn't exist has.
    void look(long run) {
        if (!awaited.containsKey(run)) {
            return;
        }
        var state = runs.state(run).orElse(RunState.CANCELLED);
        if (state.terminal()) {
            ended(run, state);
        }
    }

    /// The same for all that somebody waits for and that this node doesn't carry.
    void lookForAll(LongPredicate carriedHere) {
        for (long run : awaited.keySet()) {
            if (!carriedHere.test(run)) {
                look(run);
            }
        }
    }
}

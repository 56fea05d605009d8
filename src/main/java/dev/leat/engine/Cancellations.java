package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends runs, wherever they are: in memory, asleep, in line, or on another node. The wish is on
/// disk when it returns, so whoever carries the run next knows of it, too.
@ApplicationScoped
class Cancellations {

    private static final int TRIES = 5;

    private final WorkflowExecutor executor;
    private final RunStore runs;
    private final Journal journal;
    private final Membership membership;
    private final InstantSource clock;

    Cancellations(
            WorkflowExecutor executor,
            RunStore runs,
            Journal journal,
            Membership membership,
            InstantSource clock) {
        this.executor = executor;
        this.runs = runs;
        this.journal = journal;
        this.membership = membership;
        this.clock = clock;
    }

    /// @return whether the run was in line, and ended there
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where the run has ended otherwise
    boolean cancel(long run, @Nullable String by, @Nullable String why) {
        for (int attempt = 1; ; attempt++) {
            var found = existing(run);
            if (found.state == RunState.CANCELLED) {
                return false;
            }
            if (found.state.terminal()) {
                throw new Refusal.Conflict(
                        "Run " + Ids.text(run) + " has ended already: " + found.state + ".");
            }
            if (cancelHere(run, by, why)) {
                return false;
            }
            if (found.state != RunState.QUEUED || found.owner != null) {
                ask(found, by, why);
                return false;
            }
            try {
                endInLine(found, by, why);
                return true;
            } catch (Refusal.Conflict startedMeanwhile) {
                if (attempt == TRIES) {
                    throw startedMeanwhile;
                }
            }
        }
    }

    /// Ends what others asked to end of the runs that this node carries.
    void look() {
        var node = membership.node();
        if (node != 0) {
            runs.toCancel(node).forEach(this::told);
        }
    }

    /// Another node wants the run to end.
    void told(long run) {
        var execution = executor.find(run);
        if (execution.isEmpty()) {
            executor.awaken(run);
        } else if (!execution.get().cancelled()) {
            runs.run(run)
                    .filter(row -> row.cancelRequestedAt != null)
                    .ifPresent(row -> execution.get().cancel(row.cancelBy, row.cancelReason));
        }
    }

    private boolean cancelHere(long run, @Nullable String by, @Nullable String why) {
        var execution = executor.find(run);
        if (execution.isEmpty()) {
            return false;
        }
        var written = execution.get().cancel(by, why);
        Writes.await(written.thenApply(done -> null));
        return written.join();
    }

    private void ask(Run run, @Nullable String by, @Nullable String why) {
        Writes.await(
                journal.write(List.of(new Change.CancelAsked(run.id, by, why, clock.instant()))));
        executor.awaken(run.id);
    }

    private void endInLine(Run run, @Nullable String by, @Nullable String why) {
        var now = clock.instant();
        Writes.await(
                journal.write(
                        List.of(
                                new Change.CancelRequested(run.id, run.lastSeq + 1, by, why, now),
                                new Change.RunChanged(
                                        run.id,
                                        run.lastSeq + 2,
                                        RunState.CANCELLED,
                                        "cancelled before it started",
                                        null,
                                        now,
                                        null,
                                        null,
                                        now))));
        executor.endedInLine(run);
    }

    private Run existing(long run) {
        return runs.run(run)
                .orElseThrow(() -> new Refusal.NotFound("There is no run " + Ids.text(run) + "."));
    }
}

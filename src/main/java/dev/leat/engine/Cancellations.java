package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.Operation;
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
    private final RunEnds ends;
    private final InstantSource clock;

    Cancellations(
            WorkflowExecutor executor,
            RunStore runs,
            Journal journal,
            Membership membership,
            RunEnds ends,
            InstantSource clock) {
        this.executor = executor;
        this.runs = runs;
        this.journal = journal;
        this.membership = membership;
        this.ends = ends;
        this.clock = clock;
    }

    /// @param by who is named with the run
    /// @return whether the run was in line, and ended there
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where the run has ended otherwise
    boolean cancel(Operation operation, @Nullable String by) {
        var run = operation.run();
        for (int attempt = 1; ; attempt++) {
            var found = existing(run);
            if (found.state == RunState.CANCELLED) {
                return false;
            }
            if (found.state.terminal()) {
                throw new Refusal.Conflict(
                        "Run " + Ids.text(run) + " has ended already: " + found.state + ".");
            }
            if (cancelHere(operation, by)) {
                return false;
            }
            if (found.state != RunState.QUEUED || found.owner != null) {
                ask(operation, by);
                return false;
            }
            try {
                endInLine(found, operation, by);
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
        } else if (!execution.get().operations().cancelled()) {
            runs.run(run)
                    .filter(row -> row.cancelRequestedAt != null)
                    .ifPresent(
                            row ->
                                    execution
                                            .get()
                                            .operations()
                                            .cancel(row.cancelBy, row.cancelReason, null));
        }
    }

    private boolean cancelHere(Operation operation, @Nullable String by) {
        var execution = executor.find(operation.run());
        if (execution.isEmpty()) {
            return false;
        }
        var written = execution.get().operations().cancel(by, operation.why(), operation);
        Writes.await(written.thenApply(done -> null));
        return written.join();
    }

    private void ask(Operation operation, @Nullable String by) {
        var now = clock.instant();
        Writes.await(
                journal.write(
                        List.of(
                                new Change.CancelAsked(operation.run(), by, operation.why(), now),
                                new Change.Operated(operation.done(now)))));
        // It may have been taken up meanwhile.
        told(operation.run());
    }

    private void endInLine(Run run, Operation operation, @Nullable String by) {
        var now = clock.instant();
        Writes.await(
                journal.write(
                        ends.with(
                                run.workflow,
                                new Change.CancelRequested(
                                        run.id, run.lastSeq + 1, by, operation.why(), now),
                                new Change.Operated(operation.done(now)),
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

package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.Operation;
import dev.leat.store.OperationStore;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Brings what people want of an unfinished run to whoever carries it: this process, another node,
/// or whoever takes the run up next. What this process can't do at once is a row, which is there
/// until it is done or refused.
@ApplicationScoped
class RunRequests {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long BETWEEN_LOOKS = Duration.ofMillis(10).toNanos();

    private final WorkflowExecutor executor;
    private final RunStore runs;
    private final OperationStore operations;
    private final Journal journal;
    private final Membership membership;
    private final InstantSource clock;

    RunRequests(
            WorkflowExecutor executor,
            RunStore runs,
            OperationStore operations,
            Journal journal,
            Membership membership,
            InstantSource clock) {
        this.executor = executor;
        this.runs = runs;
        this.operations = operations;
        this.journal = journal;
        this.membership = membership;
        this.clock = clock;
    }

    /// Returns once it is done, or on disk for whoever will.
    ///
    /// @throws Refusal.NotFound
    /// @throws Refusal.Conflict where it can't be done to the run as it is
    void request(Operation operation) {
        var found = existing(operation.run());
        refuseEnded(found, operation);
        var here = executor.find(found.id);
        if (here.isPresent()) {
            var written = here.get().operations().operate(operation);
            Writes.await(written.thenApply(done -> null));
            if (written.join()) {
                return;
            }
        }
        refuseNeedless(found, operation);
        Writes.await(journal.write(List.of(new Change.Operated(operation))));
        executor.awaken(found.id);
        // It may have come back between the first look and the write.
        told(found.id);
        if (found.owner != null) {
            awaitAnswer(operation);
        }
    }

    private static void refuseEnded(Run run, Operation operation) {
        if (run.state.terminal()) {
            throw new Refusal.Conflict(
                    "Run %s has ended already: %s. Its end stays as it is; run it again instead."
                            .formatted(Ids.text(operation.run()), run.state));
        }
    }

    private void refuseNeedless(Run run, Operation operation) {
        if (operation.action() == Operation.Action.RESUME
                && run.state != RunState.PAUSED
                && operations.asked(run.id).isEmpty()) {
            throw new Refusal.Conflict("Run %s isn't paused.".formatted(Ids.text(run.id)));
        }
    }

    /// Whoever carries the run mostly answers within milliseconds.
    private void awaitAnswer(Operation operation) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            var now = operations.operation(operation.id()).orElse(operation);
            if (now.state() == Operation.State.REFUSED) {
                throw new Refusal.Conflict(String.valueOf(now.answer()));
            }
            if (now.state() == Operation.State.DONE) {
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    /// Does what others asked of the runs that this node carries.
    void look() {
        var node = membership.node();
        if (node != 0) {
            operations.askedOf(node).forEach(this::told);
        }
    }

    /// Somebody has asked for something.
    void told(long run) {
        var execution = executor.find(run);
        if (execution.isPresent()) {
            var asked = operations.asked(run);
            if (!asked.isEmpty()) {
                execution.get().operations().operateAsked(asked);
            }
            return;
        }
        executor.awaken(run);
        runs.run(run).filter(row -> row.state.terminal()).ifPresent(this::tooLate);
    }

    private void tooLate(Run run) {
        var now = clock.instant();
        var changes =
                operations.asked(run.id).stream()
                        .<Change>map(
                                operation ->
                                        new Change.Operated(
                                                operation.refused(
                                                        "The run had ended by then: " + run.state,
                                                        now)))
                        .toList();
        if (!changes.isEmpty()) {
            journal.write(changes);
        }
    }

    private Run existing(long run) {
        return runs.run(run)
                .orElseThrow(() -> new Refusal.NotFound("There is no run " + Ids.text(run) + "."));
    }
}

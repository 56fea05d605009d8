package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.OperationStore;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.WaitStore;
import dev.leat.workflow.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/// Takes runs up from what is on disk of them, with all that was asked of them meanwhile.
@ApplicationScoped
class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);

    private final RunStore runs;
    private final StoredRuns stored;
    private final OperationStore operations;
    private final WaitStore waits;
    private final Plans plans;
    private final Membership membership;
    private final Journal journal;
    private final RunEnds ends;
    private final InstantSource clock;

    Recovery(
            RunStore runs,
            StoredRuns stored,
            OperationStore operations,
            WaitStore waits,
            Plans plans,
            Membership membership,
            Journal journal,
            RunEnds ends,
            InstantSource clock) {
        this.runs = runs;
        this.stored = stored;
        this.operations = operations;
        this.waits = waits;
        this.plans = plans;
        this.membership = membership;
        this.journal = journal;
        this.ends = ends;
        this.clock = clock;
    }

    /// What is needed to go on with a run.
    record Recovered(Plan plan, RunContext context, RunFacts facts, StoredRun before) {}

    Optional<Run> find(long run) {
        return runs.run(run);
    }

    /// Between the claim of a run and this the node may have lost it, and have become another.
    boolean isOwn(Run run) {
        return run.owner != null && run.owner == membership.node();
    }

    Recovered read(Run run) {
        var plan = plans.of(run.revision);
        var facts = new RunFacts(run.id, run.workflow, run.fence, owner(run));
        var before = stored.read(run);
        return new Recovered(plan, stored.context(run, plan), facts, before);
    }

    /// Starts the run, or goes on with it. Whoever asks something of it from now on finds it here.
    void go(Run run, RunExecution execution, StoredRun before) {
        if (run.startedAt != null) {
            LOG.debugf("Taking up run %s of '%s'", Ids.text(run.id), run.workflow);
            execution.restore(before, operations.asked(run.id));
        } else {
            execution.start(List.of(), before.tasks(), operations.asked(run.id));
        }
        if (run.startedAt == null || run.cancelRequestedAt == null) {
            cancelIfAsked(run.id, execution);
        }
    }

    /// Whoever asked for its end after it was read, and before it could be found, didn't find it.
    private void cancelIfAsked(long run, RunExecution execution) {
        runs.run(run)
                .filter(row -> row.cancelRequestedAt != null)
                .ifPresent(
                        row -> execution.operations().cancel(row.cancelBy, row.cancelReason, null));
    }

    /// One that can't be read is over, so that it harms no other.
    CompletableFuture<Void> setAside(Run run, Throwable trouble) {
        LOG.errorf(
                trouble,
                "Run %s of '%s' can't be taken up and is set aside",
                Ids.text(run.id),
                run.workflow);
        var now = clock.instant();
        var error =
                new Change.RunError(
                        "unreadable",
                        "what is stored of the run can't be read: " + trouble.getMessage(),
                        null,
                        0,
                        List.of());
        var change =
                new Change.RunChanged(
                        run.id,
                        run.lastSeq + 1,
                        RunState.FAILED,
                        null,
                        null,
                        now,
                        null,
                        error,
                        now);
        return journal.write(
                ends.with(run.workflow, change, new Change.PoolsLeft(run.id)), owner(run));
    }

    /// Whether somebody asked for its end or for something else, or has answered it. Whoever did so
    /// while it fell asleep found it neither awake nor asleep.
    boolean isAsked(long run) {
        try {
            return runs.run(run).filter(row -> row.cancelRequestedAt != null).isPresent()
                    || !operations.asked(run).isEmpty()
                    || waits.answered(run);
        } catch (RuntimeException away) {
            // Whoever asked knows no better; reading it early does no harm.
            return true;
        }
    }

    private static long owner(Run run) {
        return run.owner == null ? 0 : run.owner;
    }
}

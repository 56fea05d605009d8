package dev.leat.engine;

import dev.leat.plugin.RegisteredTask;
import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.Plan;
import dev.leat.workflow.Schemas;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.expression.ExpressionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A run on a clock that jumps from one thing that happens to the next: the engine's own rules
/// ([RunMachine]), without a database, a thread or a wait. A month takes as long as a second.
public final class VirtualRun {

    /// More than any run of a size that fits a test has.
    private static final int MOST_STEPS = 100_000;

    private static final long RUN = 1;

    private final Setting setting;
    private final Surroundings around;
    private final VirtualClock clock;
    private final Instant start;
    private final RunContext context;
    private final RunMachine machine;
    private final VirtualHistory history;
    private final VirtualPools pools;
    private final PriorityQueue<Happening> coming =
            new PriorityQueue<>(
                    Comparator.comparing(Happening::at).thenComparing(Happening::order));
    private long order;
    private int running;

    /// What the run is given.
    ///
    /// @param inputs accepted, with their defaults
    /// @param seed of the chance that varies delays
    /// @param slots tasks at once
    /// @param pools places by pool; those that aren't there have one
    public record Setting(
            Plan plan,
            Map<String, @Nullable Object> inputs,
            Map<String, @Nullable Object> trigger,
            long seed,
            int slots,
            Map<String, Integer> pools) {}

    /// What a run finds around it.
    public record Surroundings(
            Function<String, Optional<RegisteredTask>> types,
            Schemas schemas,
            Performer performer) {}

    /// Says what comes of an attempt.
    public interface Performer {
        Performed perform(Call call);
    }

    /// An attempt that is about to begin, with parameters that its type accepts.
    ///
    /// @param id of the task, or of the item of a `forEach`: `load.3`
    public record Call(
            String id,
            TaskSpec spec,
            RegisteredTask type,
            int attempt,
            Map<String, @Nullable Object> parameters,
            Map<String, String> environment) {}

    /// @param takes null where it doesn't end by itself
    public record Performed(Outcome outcome, @Nullable Duration takes) {}

    private record Happening(Instant at, long order, Runnable action) {}

    /// @param clock stands at the run's start
    public VirtualRun(Setting setting, Surroundings around, VirtualClock clock) {
        this.setting = setting;
        this.around = around;
        this.clock = clock;
        this.start = clock.instant();
        this.history = new VirtualHistory(start);
        this.pools = new VirtualPools(setting.pools());
        this.context =
                new RunContext(
                        setting.plan().workflow(),
                        setting.inputs(),
                        trigger(setting.trigger()),
                        facts(setting.plan()));
        this.machine = new RunMachine(RUN, setting.plan(), context, new Random(setting.seed()), 0);
    }

    private static Map<String, @Nullable Object> trigger(Map<String, @Nullable Object> given) {
        return TriggerFacts.seen(given.get("kind") instanceof String kind ? kind : "test", given);
    }

    private static Map<String, @Nullable Object> facts(Plan plan) {
        var facts = new HashMap<String, @Nullable Object>();
        facts.put("id", Ids.text(RUN));
        facts.put("workflow", plan.workflow().qualifiedId());
        facts.put("namespace", plan.workflow().namespace());
        facts.put("revision", 1L);
        facts.put("trigger", "test");
        facts.put("labels", Map.of());
        facts.put("url", "http://localhost:8080/runs/" + Ids.text(RUN));
        return facts;
    }

    /// Somebody cancels the run.
    public void cancelAt(Duration after, @Nullable String by, @Nullable String why) {
        at(start.plus(after), () -> apply(machine.cancel(by, why, clock.instant())));
    }

    /// Carries the run to its end, or to where nothing would happen any more.
    public VirtualResult carry() {
        apply(machine.start(start));
        var steps = 0;
        while (!history.ended()) {
            var next = coming.poll();
            if (next == null) {
                return history.result(clock.instant(), "nothing would ever happen any more");
            }
            if (++steps > MOST_STEPS) {
                return history.result(
                        clock.instant(), "it was given up after %,d steps".formatted(MOST_STEPS));
            }
            clock.set(next.at());
            next.action().run();
        }
        return history.result(clock.instant(), null);
    }

    private void at(Instant when, Runnable action) {
        var now = clock.instant();
        coming.add(new Happening(when.isBefore(now) ? now : when, order++, action));
    }

    private void apply(Step step) {
        keep(step);
        var begun = machine.startReady(setting.slots() - running, clock.instant());
        keep(begun);
        step.commands().forEach(this::carryOut);
        begun.commands().forEach(this::carryOut);
    }

    private void keep(Step step) {
        for (var change : step.changes()) {
            switch (change) {
                case Change.TaskChanged task -> history.task(task);
                case Change.RunChanged run -> history.run(run);
                case Change.PoolLeft left -> pools.left(left.pool(), left.task());
                case Change.PoolsLeft _ -> pools.leftAll();
                case Change.CancelRequested _, Change.StepCached _, Change.Operated _ -> {}
                case Change.RunOpened _,
                        Change.OutputKept _,
                        Change.RunClaimed _,
                        Change.CancelAsked _,
                        Change.RevisionSaved _,
                        Change.WorkflowDeleted _,
                        Change.PoolEntered _,
                        Change.Labelled _,
                        Change.Answered _,
                        Change.SignalKept _,
                        Change.SignalTaken _,
                        Change.ExpiredForgotten _,
                        Change.PoolSized _,
                        Change.PoolRemoved _,
                        Change.Fired _,
                        Change.FireNoticed _,
                        Change.FireSettled _,
                        Change.TriggerSettled _,
                        Change.TriggerSaved _,
                        Change.TriggerForgotten _,
                        Change.BackfillSaved _,
                        Change.FiresForgotten _ ->
                        throw new IllegalStateException("no change of a machine: " + change);
            }
        }
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Perform(var task, var number) -> perform(task, number);
            case Command.RetryAfter(var task, var delay) ->
                    at(clock.instant().plus(delay), () -> due(task));
            case Command.WakeAt(var task, var moment) -> at(moment, () -> due(task));
            case Command.TimeUpAt(var moment) ->
                    at(moment, () -> apply(machine.timeUp(clock.instant())));
            case Command.Stop(var task, var number, var why) ->
                    at(clock.instant(), () -> stopped(task, number, why));
            case Command.AskPool(var task, var pool) -> {
                pools.ask(pool, task);
                at(clock.instant(), () -> serve(pool));
            }
            case Command.PoolFreed(var pool) -> at(clock.instant(), () -> serve(pool));
            // What a task would await is mocked, so none does.
            case Command.Await _, Command.StopChild _, Command.Ended _ -> {}
        }
    }

    private void due(TaskCell task) {
        apply(machine.due(task, clock.instant()));
    }

    private void stopped(TaskCell task, int number, String why) {
        if (task.isPerforming(number)) {
            running--;
            apply(machine.stopped(task, number, why, clock.instant()));
        }
    }

    private void serve(String pool) {
        for (var next = pools.next(pool); next.isPresent(); next = pools.next(pool)) {
            var task = next.get();
            machine.entered(task)
                    .ifPresent(
                            step -> {
                                pools.entered(pool, task.id());
                                apply(step);
                            });
        }
        var now = clock.instant();
        pools.waiting(pool).forEach(task -> apply(machine.poolFull(task, pools.full(pool), now)));
    }

    private void perform(TaskCell task, int number) {
        running++;
        var performed = withinTimeout(task.spec, performed(task, number));
        var takes = performed.takes();
        if (takes != null) {
            at(clock.instant().plus(takes), () -> finished(task, number, performed.outcome()));
        }
    }

    private void finished(TaskCell task, int number, Outcome outcome) {
        if (task.isPerforming(number)) {
            running--;
            apply(machine.finished(task, number, outcome, clock.instant()));
        }
    }

    private static Performed withinTimeout(TaskSpec spec, Performed performed) {
        var limit = spec.timeout();
        var takes = performed.takes();
        return limit == null || takes != null && takes.compareTo(limit) <= 0
                ? performed
                : new Performed(Outcome.failed(AttemptInput.late(limit)), limit);
    }

    private Performed performed(TaskCell task, int number) {
        history.started(task.id(), null, clock.instant());
        var type = around.types().apply(task.spec.type());
        if (type.isEmpty()) {
            return failed(AttemptInput.unknown(task.spec.type()));
        }
        try {
            var input = AttemptInput.of(task.spec, context.of(task));
            history.started(task.id(), input.parameters(), clock.instant());
            return input.refusedBy(type.get().type(), around.schemas())
                    .map(VirtualRun::failed)
                    .orElseGet(
                            () ->
                                    around.performer()
                                            .perform(call(task, number, type.get(), input)));
        } catch (ExpressionException broken) {
            return failed(TaskError.permanent(broken.code(), String.valueOf(broken.getMessage())));
        }
    }

    private static Call call(TaskCell task, int number, RegisteredTask type, AttemptInput input) {
        return new Call(
                task.id(), task.spec, type, number, input.parameters(), input.environment());
    }

    private static Performed failed(TaskError error) {
        return new Performed(Outcome.failed(error), Duration.ZERO);
    }
}

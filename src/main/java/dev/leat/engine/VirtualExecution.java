package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Change.RunError;
import dev.leat.store.Ids;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.workflow.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of a [VirtualWorld]: what [RunExecution] is to a real one.
final class VirtualExecution {

    private final VirtualWorld world;
    private final String path;
    private final String id;
    private final Plan plan;
    private final RunMachine machine;
    private final RunContext context;
    private final VirtualChildren children;
    private final @Nullable Parent parent;
    private RunState state = RunState.QUEUED;
    private @Nullable Map<String, @Nullable Object> outputs;
    private @Nullable RunError error;

    /// What started a run, where that is a task of another.
    ///
    /// @param depth how many runs are above the new one
    record Parent(VirtualExecution run, TaskCell task, int attempt, int depth) {}

    VirtualExecution(
            VirtualWorld world,
            Plan plan,
            Map<String, @Nullable Object> inputs,
            Map<String, @Nullable Object> trigger,
            @Nullable Parent parent) {
        this.world = world;
        this.plan = plan;
        this.parent = parent;
        this.path = parent == null ? "" : parent.run.path(parent.task) + "/";
        var number = world.enter(this);
        this.id = Ids.text(number);
        this.context =
                new RunContext(
                        plan.workflow(),
                        inputs,
                        trigger(trigger, parent == null ? "test" : SubflowRules.TRIGGER),
                        facts());
        this.machine = new RunMachine(number, plan, context, world.chance(), 0);
        this.children = new VirtualChildren(world, this);
    }

    private static Map<String, @Nullable Object> trigger(
            Map<String, @Nullable Object> given, String kind) {
        return TriggerFacts.seen(given.get("kind") instanceof String said ? said : kind, given);
    }

    private Map<String, @Nullable Object> facts() {
        var facts = new HashMap<String, @Nullable Object>();
        facts.put("id", id);
        facts.put("workflow", plan.workflow().qualifiedId());
        facts.put("namespace", plan.workflow().namespace());
        facts.put("revision", 1L);
        facts.put("trigger", parent == null ? "test" : SubflowRules.TRIGGER);
        facts.put("labels", Map.of());
        facts.put("url", "http://localhost:8080/runs/" + id);
        return facts;
    }

    String id() {
        return id;
    }

    Plan plan() {
        return plan;
    }

    /// How many runs are above this one.
    int depth() {
        return parent == null ? 0 : parent.depth;
    }

    /// What a task is called among those of all runs.
    String path(TaskCell task) {
        return path + task.id();
    }

    boolean ended() {
        return state.terminal();
    }

    RunState state() {
        return state;
    }

    @Nullable Map<String, @Nullable Object> outputs() {
        return outputs;
    }

    @Nullable RunError error() {
        return error;
    }

    void start() {
        world.history().begin(path);
        apply(machine.start(world.now()));
    }

    void cancel(@Nullable String by, @Nullable String why) {
        apply(machine.cancel(by, why, world.now()));
    }

    boolean awaits(TaskCell task, int attempt) {
        return task.state == TaskState.WAITING && task.awaited != null && task.attempt == attempt;
    }

    void answered(TaskCell task, int attempt, Answers.Given given) {
        apply(machine.answered(task, attempt, given.outcome(), given.reason(), world.now()));
    }

    void unanswered(TaskCell task, int attempt) {
        apply(machine.unanswered(task, attempt, world.now()));
    }

    /// A place in a pool is free, which the task takes if it needs it still.
    void entered(TaskCell task, String pool) {
        machine.entered(task)
                .ifPresent(
                        step -> {
                            world.pools().entered(pool, new VirtualPools.Asking(this, task));
                            apply(step);
                        });
    }

    void poolFull(TaskCell task, String reason) {
        apply(machine.poolFull(task, reason, world.now()));
    }

    /// Slots or places may have come free.
    void pump() {
        if (!ended() && machine.ready() > 0) {
            apply(new Step(List.of(), List.of()));
        }
    }

    private void apply(Step step) {
        keep(step);
        var begun = machine.startReady(world.freeSlots(), world.now());
        keep(begun);
        step.commands().forEach(this::carryOut);
        begun.commands().forEach(this::carryOut);
    }

    private void keep(Step step) {
        for (var change : step.changes()) {
            switch (change) {
                case Change.TaskChanged task -> world.history().task(path, task);
                case Change.RunChanged run -> keep(run);
                case Change.PoolLeft left -> world.pools().left(left.pool(), path + left.task());
                case Change.CancelRequested _, Change.StepCached _, Change.Operated _ -> {}
                case Change.RunOpened _,
                        Change.OutputKept _,
                        Change.RunClaimed _,
                        Change.CancelAsked _,
                        Change.RevisionSaved _,
                        Change.WorkflowDeleted _,
                        Change.PoolEntered _,
                        Change.PoolsLeft _,
                        Change.Labelled _,
                        Change.Answered _,
                        Change.SignalKept _,
                        Change.SignalTaken _,
                        Change.ExpiredForgotten _,
                        Change.PoolSized _,
                        Change.PoolRemoved _,
                        Change.DocumentSaved _,
                        Change.DocumentDeleted _,
                        Change.ViewSaved _,
                        Change.ViewDeleted _,
                        Change.Fired _,
                        Change.FireNoticed _,
                        Change.FireSettled _,
                        Change.TriggerSettled _,
                        Change.TriggerSaved _,
                        Change.TriggerForgotten _,
                        Change.BackfillSaved _,
                        Change.FiresForgotten _,
                        Change.MustBeCurrent _ ->
                        throw new IllegalStateException("no change of a new run: " + change);
            }
        }
    }

    private void keep(Change.RunChanged change) {
        state = change.state();
        outputs = change.outputs() == null ? outputs : change.outputs();
        error = change.error() == null ? error : change.error();
        world.history().run(path, change);
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Perform(var task, var number) -> perform(task, number);
            case Command.RetryAfter(var task, var delay) -> world.after(delay, () -> due(task));
            case Command.WakeAt(var task, var moment) -> world.at(moment, () -> due(task));
            case Command.TimeUpAt(var moment) ->
                    world.at(moment, () -> apply(machine.timeUp(world.now())));
            case Command.Stop(var task, var number, var why) ->
                    world.next(() -> stopped(task, number, why));
            case Command.AskPool(var task, var pool) -> {
                world.pools().ask(pool, new VirtualPools.Asking(this, task));
                world.next(() -> world.serve(pool));
            }
            case Command.PoolFreed(var pool) -> world.next(() -> world.serve(pool));
            case Command.Await(_, _, Awaited.Run child) -> children.start(child);
            case Command.Await(var task, var number, var awaited) ->
                    world.waits().await(this, task, number, awaited);
            case Command.StopChild(var run, var why) -> children.stop(run, why);
            case Command.Ended _ -> endOfChild();
        }
    }

    private void endOfChild() {
        if (parent != null) {
            world.next(() -> parent.run.children.ended(parent, this));
        }
    }

    private void due(TaskCell task) {
        apply(machine.due(task, world.now()));
    }

    private void stopped(TaskCell task, int number, String why) {
        if (task.isPerforming(number)) {
            world.giveSlot();
            apply(machine.stopped(task, number, why, world.now()));
        }
    }

    private void perform(TaskCell task, int number) {
        world.takeSlot();
        var performed = VirtualAttempts.performed(world, path(task), task, number, context);
        var takes = performed.takes();
        if (takes != null) {
            world.after(takes, () -> finished(task, number, performed.outcome()));
        }
    }

    private void finished(TaskCell task, int number, Outcome outcome) {
        if (task.isPerforming(number)) {
            world.giveSlot();
            apply(machine.finished(task, number, carriedOut(task, outcome), world.now()));
        }
    }

    /// What a type asks of the engine is done, as [AttemptRunner] does it.
    private Outcome carriedOut(TaskCell task, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Signalling(var signal, var payload, var keep) -> {
                var by = "run " + id + ", task " + task.id();
                var sent = new VirtualWaits.Sent(signal, payload, keep, by);
                yield Outcome.succeeded(Map.of("delivered", (long) world.waits().send(sent)));
            }
            case Outcome.Awaiting waiting when waiting.awaited() instanceof Awaited.Run child ->
                    children.prepare(task, waiting, child);
            case Outcome.Succeeded _, Outcome.Failed _, Outcome.Waiting _, Outcome.Awaiting _ ->
                    outcome;
        };
    }
}

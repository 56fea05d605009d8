package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Change.RunError;
import dev.leat.store.Operation;
import dev.leat.store.RunState;
import dev.leat.store.TaskRun;
import dev.leat.store.TaskState;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drives a [RunMachine] on a clock of its own, with tasks that are functions, keeping what the
/// machine wants kept as a database would. The process can be killed after any write: the machine
/// is then made anew from what was kept.
final class Simulation {

    static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private static final Outcome STOPPED =
            Outcome.failed(TaskError.permanent("subflow.cancelled", "the run was cancelled"));

    private final Plan plan;
    private final Map<String, @Nullable Object> inputs;
    private final Map<String, BiFunction<TaskCell, Integer, Attempted>> tasks = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::order));
    private final List<String> history = new ArrayList<>();
    private final Map<String, Attempted> answers = new HashMap<>();
    private final Map<String, Instant> dueAnswers = new HashMap<>();
    private final List<String> cached = new ArrayList<>();
    private final List<Integer> deaths = new ArrayList<>();
    private final ArrayDeque<TaskCell> asking = new ArrayDeque<>();
    private final Set<String> inPool = new HashSet<>();

    /// Who wants something of the run outlives the process.
    private final Map<Long, Event> outlasting = new HashMap<>();

    private final Set<Long> people = new HashSet<>();
    private final List<Operation> operations = new ArrayList<>();
    private int slots = 1_000;
    private int places = 1;
    private int mostInPool;

    // What a database would hold.
    private final Map<String, TaskRun> rows = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> kept = new HashMap<>();
    private final Map<String, Change.TaskChanged> newest = new HashMap<>();
    private long lastSeq;
    private @Nullable Instant cancelAt;
    private boolean cancelRequested;
    private @Nullable Instant startedAt;
    private RunState state = RunState.QUEUED;
    private @Nullable RunError error;
    private @Nullable Map<String, @Nullable Object> outputs;
    private @Nullable String reason;

    private RunMachine machine;
    private Instant now = START;
    private int writes;
    private int order;
    private int running;
    private int mostRunning;

    Simulation(Plan plan, Map<String, @Nullable Object> inputs) {
        this.plan = plan;
        this.inputs = inputs;
        this.machine = machine(0);
    }

    /// @param took how long the attempt takes
    record Attempted(Outcome outcome, Duration took) {
        static Attempted at(Duration took, Outcome outcome) {
            return new Attempted(outcome, took);
        }
    }

    private record Event(Instant at, int order, Consumer<Instant> action) {}

    Simulation task(String id, BiFunction<TaskCell, Integer, Attempted> behaviour) {
        tasks.put(id, behaviour);
        return this;
    }

    Simulation slots(int count) {
        slots = count;
        return this;
    }

    /// Kills the process right after the n-th write, from 1, and starts another on what was kept.
    Simulation dyingAfterWrite(int number) {
        deaths.add(number);
        return this;
    }

    Simulation cancelAt(Duration after) {
        cancelAt = START.plus(after);
        cancelLater();
        return this;
    }

    /// Whoever asks does so whether or not the process was killed before.
    private void cancelLater() {
        if (cancelAt != null && !cancelRequested) {
            at(cancelAt, when -> apply(machine.cancel("ada", "not needed", when)));
        }
    }

    /// Somebody wants something of the run; what can't be done is refused.
    Simulation operateAt(Duration after, Operation operation) {
        people.add(operation.id());
        var event =
                new Event(
                        START.plus(after),
                        order++,
                        when -> {
                            people.remove(operation.id());
                            apply(machine.operateAsked(operation, when));
                        });
        events.add(event);
        outlasting.put(operation.id(), event);
        return this;
    }

    /// What is kept of what somebody wanted, the newest last.
    List<Operation> operations() {
        return operations;
    }

    Simulation run() {
        apply(machine.start(now));
        while (!events.isEmpty() && !state.terminal()) {
            var event = events.poll();
            now = event.at();
            event.action().accept(now);
        }
        return this;
    }

    private RunMachine machine(long seq) {
        var context =
                new RunContext(
                        plan.workflow(),
                        inputs,
                        Map.of("kind", "test"),
                        Map.of("id", "r1", "workflow", "w"));
        return new RunMachine(1, plan, context, new Random(7), seq);
    }

    private void apply(Step step) {
        var begun = machine.startReady(slots - running, now);
        var changes = new ArrayList<>(step.changes());
        changes.addAll(begun.changes());
        if (!changes.isEmpty()) {
            changes.forEach(this::keep);
            writes++;
            if (deaths.contains(writes) && !state.terminal()) {
                restart();
                return;
            }
        }
        step.commands().forEach(this::carryOut);
        begun.commands().forEach(this::carryOut);
    }

    private void restart() {
        history.add("killed");
        events.clear();
        people.forEach(id -> events.add(outlasting.get(id)));
        asking.clear();
        cancelLater();
        running = 0;
        machine = machine(lastSeq);
        var stored = new HashMap<String, StoredRun.StoredTask>();
        rows.forEach(
                (id, row) -> {
                    var change = newest.get(id);
                    stored.put(id, new StoredRun.StoredTask(row, change.error(), kept.get(id)));
                });
        var timedOut = error != null && error.code().equals("run-timeout");
        var step =
                machine.restore(
                        new StoredRun(
                                startedAt == null ? now : startedAt,
                                cancelRequested,
                                timedOut,
                                state == RunState.PAUSED,
                                error,
                                stored),
                        now);
        for (var operation : asked()) {
            step = step.and(machine.operateAsked(operation, now));
        }
        apply(step);
    }

    /// What has neither been done nor refused.
    private List<Operation> asked() {
        var newest = new LinkedHashMap<Long, Operation>();
        operations.forEach(operation -> newest.put(operation.id(), operation));
        return newest.values().stream()
                .filter(operation -> operation.state() == Operation.State.ASKED)
                .toList();
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Perform(var task, var attempt) -> perform(task, attempt);
            case Command.RetryAfter(var task, var delay) ->
                    at(now.plus(delay), when -> apply(machine.due(task, when)));
            case Command.WakeAt(var task, var at) -> at(at, when -> apply(machine.due(task, when)));
            case Command.TimeUpAt(var at) -> at(at, when -> apply(machine.timeUp(when)));
            case Command.Await(var task, var attempt, var awaited) -> await(task, attempt, awaited);
            case Command.StopChild(var child, var why) -> {
                history.add("stop " + child);
                at(
                        now.plusSeconds(1),
                        when ->
                                machine.awaiting().stream()
                                        .filter(
                                                each ->
                                                        each.awaited() instanceof Awaited.Run run
                                                                && child.equals(run.run()))
                                        .findFirst()
                                        .ifPresent(each -> answer(each, STOPPED, when)));
            }
            case Command.Stop(var task, var attempt, var why) ->
                    at(
                            now,
                            when -> {
                                running--;
                                apply(machine.stopped(task, attempt, why, when));
                            });
            case Command.AskPool(var task, var pool) -> {
                asking.add(task);
                at(now, this::serve);
            }
            case Command.PoolFreed(var pool) -> at(now, this::serve);
            case Command.Ended _ -> {}
        }
    }

    /// What comes for a task that waits, and how long after it began to.
    Simulation answer(String id, Duration after, Outcome outcome) {
        answers.put(id, Attempted.at(after, outcome));
        return this;
    }

    /// An answer is kept outside of the run, so it comes at its time whoever has the run then.
    private void await(TaskCell task, int attempt, Awaited awaited) {
        var coming = answers.get(task.id());
        if (coming != null) {
            var due =
                    dueAnswers.computeIfAbsent(
                            task.id() + "#" + attempt, id -> now.plus(coming.took()));
            var each = new Command.Await(task, attempt, awaited);
            at(due, when -> answer(each, coming.outcome(), when));
        }
        if (task.overdue) {
            at(now, when -> apply(machine.unanswered(task, attempt, when)));
        }
    }

    private void answer(Command.Await each, Outcome outcome, Instant when) {
        apply(machine.answered(each.task(), each.attempt(), outcome, "answered", when));
    }

    /// All pools are one, with so many places.
    Simulation places(int count) {
        places = count;
        return this;
    }

    private void serve(Instant when) {
        while (inPool.size() < places && !asking.isEmpty()) {
            var task = asking.removeFirst();
            machine.entered(task)
                    .ifPresent(
                            step -> {
                                inPool.add(task.id());
                                mostInPool = Math.max(mostInPool, inPool.size());
                                apply(step);
                            });
        }
        List.copyOf(asking).forEach(task -> apply(machine.poolFull(task, "full", when)));
    }

    private void perform(TaskCell task, int attempt) {
        running++;
        mostRunning = Math.max(mostRunning, running);
        var attempted =
                tasks.getOrDefault(
                                task.id(),
                                (cell, number) ->
                                        Attempted.at(
                                                Duration.ofSeconds(1),
                                                Outcome.succeeded(cell.id())))
                        .apply(task, attempt);
        at(
                now.plus(attempted.took()),
                when -> {
                    if (task.state == TaskState.RUNNING && task.attempt == attempt) {
                        running--;
                        apply(machine.finished(task, attempt, attempted.outcome(), when));
                    }
                });
    }

    private void at(Instant when, Consumer<Instant> action) {
        events.add(new Event(when.isBefore(now) ? now : when, order++, action));
    }

    private void keep(Change change) {
        switch (change) {
            case Change.TaskChanged task -> {
                checkSeq(task.seq());
                history.add(task.task() + " " + task.state());
                rows.put(task.task(), row(task));
                newest.put(task.task(), task);
                if (task.hasOutput()) {
                    kept.put(task.task(), task.output());
                }
            }
            case Change.RunChanged run -> {
                checkSeq(run.seq());
                state = run.state();
                reason = run.reason();
                startedAt = run.startedAt() == null ? startedAt : run.startedAt();
                error = run.error() == null ? error : run.error();
                outputs = run.outputs() == null ? outputs : run.outputs();
            }
            case Change.CancelRequested request -> {
                checkSeq(request.seq());
                cancelRequested = true;
            }
            case Change.StepCached step -> cached.add(step.task());
            case Change.Operated operated -> operations.add(operated.operation());
            case Change.PoolLeft left -> inPool.remove(left.task());
            case Change.PoolsLeft _ -> inPool.clear();
            case Change.RunOpened _,
                    Change.Labelled _,
                    Change.OutputKept _,
                    Change.RunClaimed _,
                    Change.CancelAsked _,
                    Change.RevisionSaved _,
                    Change.WorkflowDeleted _,
                    Change.PoolEntered _,
                    Change.PoolSized _,
                    Change.DocumentSaved _,
                    Change.DocumentDeleted _,
                    Change.ViewSaved _,
                    Change.ViewDeleted _,
                    Change.Answered _,
                    Change.SignalKept _,
                    Change.SignalTaken _,
                    Change.ExpiredForgotten _,
                    Change.Fired _,
                    Change.FireNoticed _,
                    Change.FireSettled _,
                    Change.TriggerSettled _,
                    Change.TriggerSaved _,
                    Change.TriggerForgotten _,
                    Change.BackfillSaved _,
                    Change.FiresForgotten _,
                    Change.MustBeCurrent _,
                    Change.PoolRemoved _ ->
                    throw new AssertionError(change);
        }
    }

    private void checkSeq(long seq) {
        if (seq != lastSeq + 1) {
            throw new AssertionError("transition " + seq + " follows " + lastSeq);
        }
        lastSeq = seq;
    }

    private static TaskRun row(Change.TaskChanged task) {
        var row = new TaskRun();
        row.task = task.task();
        row.state = task.state();
        row.attempt = task.attempt();
        row.lost = task.lost();
        row.reason = task.reason();
        row.dueAt = micros(task.dueAt());
        row.startedAt = micros(task.startedAt());
        row.awaits = task.awaits();
        row.detail = task.detail();
        return row;
    }

    private static @Nullable Long micros(@Nullable Instant at) {
        return at == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    RunState state() {
        return state;
    }

    TaskState state(String task) {
        var row = rows.get(task);
        return row == null ? TaskState.PENDING : row.state;
    }

    String reason(String task) {
        var row = rows.get(task);
        return row == null ? "" : String.valueOf(row.reason);
    }

    int attempts(String task) {
        var row = rows.get(task);
        return row == null ? 0 : row.attempt;
    }

    /// Every task's end, in one map to compare.
    Map<String, TaskState> ends() {
        var ends = new LinkedHashMap<String, TaskState>();
        rows.forEach((id, row) -> ends.put(id, row.state));
        return ends;
    }

    List<String> history() {
        return history;
    }

    @Nullable RunError error() {
        return error;
    }

    @Nullable Map<String, @Nullable Object> outputs() {
        return outputs;
    }

    @Nullable String reason() {
        return reason;
    }

    Duration took() {
        return Duration.between(START, now);
    }

    List<String> cached() {
        return cached;
    }

    @Nullable Object output(String task) {
        return kept.get(task);
    }

    int writes() {
        return writes;
    }

    int mostInPool() {
        return mostInPool;
    }

    int inPool() {
        return inPool.size();
    }

    int mostRunning() {
        return mostRunning;
    }
}

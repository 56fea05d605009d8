package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Operation;
import dev.leat.store.OperationStore;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.TaskState;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people do with runs, wherever these are: in memory, asleep, in line, or over.
abstract class SteeredRuns {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Request ADA = new Request("api", "ada", "look first");

    @Inject MainOrchestrator orchestrator;
    @Inject Operations operations;
    @Inject OperationStore done;
    @Inject WorkflowExecutor executor;
    @Inject Dispatcher dispatcher;
    @Inject RunStore runs;

    @BeforeEach
    void awaitRoom() {
        await(() -> executor.unfinished() == 0 && dispatcher.waiting() == 0);
    }

    @Test
    void a_paused_run_leaves_the_memory_and_comes_back_when_it_goes_on() {
        var run = start(chain("4s"));
        assertThat(operations.pause(run, ADA).state).isEqualTo(RunState.PAUSED);
        await(() -> task(run, "nap") == TaskState.SUCCESS);
        await(() -> executor.find(run).isEmpty());
        assertThat(runs.task(run, "after")).isEmpty();
        assertThat(run(run).reason).isEqualTo("paused by ada: look first");

        operations.resume(run, ADA.because("seen"));
        assertThat(ended(run).state).isEqualTo(RunState.SUCCESS);
        assertThat(done.of(run, 0, 10))
                .extracting(Operation::action, Operation::state, Operation::by, Operation::why)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Operation.Action.PAUSE, Operation.State.DONE, "ada", "look first"),
                        org.assertj.core.groups.Tuple.tuple(
                                Operation.Action.RESUME, Operation.State.DONE, "ada", "seen"));
    }

    @Test
    void a_run_that_sleeps_can_be_paused_and_its_wait_goes_on() {
        var run = start(chain("5s"));
        await(() -> executor.find(run).isEmpty());
        operations.pause(run, ADA);
        assertThat(run(run).state).isEqualTo(RunState.PAUSED);
        await(() -> task(run, "nap") == TaskState.SUCCESS);
        await(() -> executor.find(run).isEmpty());
        assertThat(run(run).state).isEqualTo(RunState.PAUSED);

        operations.resume(run, ADA);
        assertThat(ended(run).state).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void a_run_in_line_is_paused_as_soon_as_its_turn_comes() {
        var limited =
                chain("1s").replace("\"tasks\"", "\"concurrency\": {\"limit\": 1}, \"tasks\"");
        var first = start(limited);
        var second = start(limited);
        assertThat(operations.pause(second, ADA).state).isEqualTo(RunState.QUEUED);
        assertThat(ended(first).state).isEqualTo(RunState.SUCCESS);
        await(() -> run(second).state == RunState.PAUSED);
        assertThat(runs.tasks(second)).isEmpty();

        operations.resume(second, ADA);
        assertThat(ended(second).state).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void a_paused_run_can_be_cancelled_while_it_sleeps() {
        var run = start(chain("4s"));
        operations.pause(run, ADA);
        await(() -> executor.find(run).isEmpty());
        orchestrator.cancel(run, ADA);
        assertThat(ended(run).state).isEqualTo(RunState.CANCELLED);
        assertThat(runs.task(run, "after").orElseThrow().state).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void what_cannot_be_done_is_refused_in_a_sentence_and_nothing_is_kept_of_it() {
        var run = start(chain("10ms"));
        assertThatThrownBy(() -> operations.resume(run, ADA)).isInstanceOf(Refusal.Conflict.class);
        ended(run);
        assertThatThrownBy(() -> operations.pause(run, ADA))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("has ended already: SUCCESS");
        assertThat(done.of(run, 0, 10)).isEmpty();
    }

    @Test
    void a_run_that_is_made_from_another_and_waits_in_line_keeps_what_was_kept() {
        var breaking =
                """
                {"id": "remade", "concurrency": {"limit": 1}, "tasks": [
                  {"id": "one", "type": "transform", "with": {"value": 1}},
                  {"id": "nap", "type": "wait", "dependsOn": ["one"], "with": {"duration": "1s"}},
                  {"id": "bad", "type": "fail", "dependsOn": ["nap"], "with": {"message": "no"}}]}""";
        var old = start(breaking);
        assertThat(ended(old).state).isEqualTo(RunState.FAILED);
        var before = start(breaking);
        var marked = Map.of("bad", new Operations.Mark("SUCCESS", 7L, null));
        var made =
                operations
                        .rerun(new Operations.Rerun(old, "failed", null, null, marked, null, ADA))
                        .run();
        assertThat(run(made).state).isEqualTo(RunState.QUEUED);
        ended(before);
        assertThat(ended(made).state).isEqualTo(RunState.SUCCESS);
        assertThat(run(made).rerunOf).isEqualTo(old);
        assertThat(runs.rerunsOf(old, 10)).containsExactly(made);
        assertThat(runs.outputs(made)).containsAllEntriesOf(Map.of("one", "1", "bad", "7"));
        assertThat(runs.transitions(made, 0, 100))
                .noneMatch(step -> step.state.equals("RUNNING") && step.task != null);
    }

    static String chain(String nap) {
        return """
               {"id": "steered", "tasks": [
                 {"id": "nap", "type": "wait", "with": {"duration": "%s"}},
                 {"id": "after", "type": "noop", "dependsOn": ["nap"]}]}"""
                .formatted(nap);
    }

    long start(String definition) {
        var source = new Source(definition, Format.JSON, "test");
        return orchestrator
                .start(
                        new StartRun(
                                null, source, 0, Map.of(), Map.of(), "api", Map.of(), null, null))
                .run();
    }

    TaskState task(long run, String task) {
        return runs.task(run, task).map(row -> row.state).orElse(TaskState.PENDING);
    }

    Run ended(long run) {
        await(() -> run(run).state.terminal());
        return run(run);
    }

    Run run(long id) {
        return runs.run(id).orElseThrow();
    }

    static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}

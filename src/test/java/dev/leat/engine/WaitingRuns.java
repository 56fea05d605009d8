package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Claims;
import dev.leat.store.Ids;
import dev.leat.store.Locks;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of runs that can't go on at once: in line for a node, for their workflow's limit,
/// for a pool, or for a moment.
abstract class WaitingRuns {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "leat.engine.max-running-runs", "2",
                    "leat.engine.max-unfinished-runs", "8",
                    "leat.engine.sleep-after", "2s");
        }
    }

    @Inject MainOrchestrator orchestrator;
    @Inject WorkflowExecutor executor;
    @Inject Dispatcher dispatcher;
    @Inject RunStore runs;
    @Inject Plans plans;
    @Inject Claims claims;
    @Inject Locks locks;

    /// A run's end is on disk a moment before its place is free.
    @BeforeEach
    void awaitRoom() {
        await(() -> executor.unfinished() == 0 && dispatcher.waiting() == 0);
    }

    @Test
    void runs_past_what_a_node_carries_wait_in_line_and_go_by_priority_and_age() {
        var carried = List.of(start(nap("carried", "")), start(nap("carried", "")));
        var old = start(nap("line", ""), 0);
        var young = start(nap("line", ""), 0);
        var urgent = start(nap("line", ""), 5);
        assertThat(run(old).state).isEqualTo(RunState.QUEUED);
        assertThat(run(old).reason).contains("waits until a node has room for it");
        assertThat(run(old).owner).isNull();

        var line = List.of(urgent, old, young);
        line.forEach(this::ended);
        carried.forEach(this::ended);
        assertThat(line.stream().sorted(Comparator.comparing(id -> firstStart(id))).toList())
                .isEqualTo(line);
    }

    @Test
    void past_the_bound_of_unfinished_runs_a_start_is_refused_for_now() {
        var many = IntStream.range(0, 8).mapToObj(n -> start(nap("many", ""))).toList();
        assertThatThrownBy(() -> start(nap("many", "")))
                .isInstanceOf(Refusal.Unavailable.class)
                .hasMessageContaining("There are 8 unfinished runs");
        many.forEach(this::ended);
        ended(start(nap("many", "")));
    }

    @Test
    void a_run_past_its_workflows_limit_waits_for_the_one_before_it() {
        var limited = nap("limited", "\"concurrency\": {\"limit\": 1, \"onConflict\": \"queue\"},");
        var line = List.of(start(limited), start(limited), start(limited));
        assertThat(run(line.get(1)).reason)
                .isEqualTo(
                        "waits: run %s is running and the workflow's limit is 1"
                                .formatted(Ids.text(line.getFirst())));
        line.forEach(this::ended);
        for (int n = 1; n < line.size(); n++) {
            assertThat(run(line.get(n)).startedAt)
                    .isGreaterThanOrEqualTo(run(line.get(n - 1)).finishedAt);
        }
    }

    @Test
    void nothing_passes_a_limit_that_can_not_be_read_at_the_moment() {
        var limited = nap("unread", "\"concurrency\": {\"limit\": 1, \"onConflict\": \"queue\"},");
        var line = List.of(start(limited), start(limited));
        var taken = new ArrayList<Long>();
        var unread = new LimitedLines(runs, new UnreadablePlans(plans, 1), claims, locks);
        assertThatThrownBy(() -> unread.serve(() -> true, taken::add))
                .isInstanceOf(Refusal.Unavailable.class);
        assertThat(taken).isEmpty();
        line.forEach(this::ended);
    }

    @Test
    void a_run_past_the_limit_of_a_workflow_that_skips_is_refused() {
        var skipping =
                nap("skipping", "\"concurrency\": {\"limit\": 1, \"onConflict\": \"skip\"},");
        var first = start(skipping);
        assertThatThrownBy(() -> start(skipping))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("run " + Ids.text(first) + " is running");
        ended(first);
        ended(start(skipping));
    }

    @Test
    void a_run_that_takes_the_place_of_others_starts_once_they_have_ended() {
        var replacing =
                """
                {"id": "replacing", "concurrency": {"limit": 1, "onConflict": "cancel-running"}, "tasks": [
                  {"id": "nap", "type": "wait", "with": {"duration": "1s"}}]}""";
        var first = start(replacing);
        var second = start(replacing);
        assertThat(ended(first).state).isEqualTo(RunState.CANCELLED);
        assertThat(ended(second).state).isEqualTo(RunState.SUCCESS);
        assertThat(run(second).startedAt).isGreaterThanOrEqualTo(run(first).finishedAt);
    }

    @Test
    void a_run_in_line_can_be_cancelled_there() {
        var limited =
                nap("cancelled", "\"concurrency\": {\"limit\": 1, \"onConflict\": \"queue\"},");
        var first = start(limited);
        var second = start(limited);
        orchestrator.cancel(second, new Request("api", "ada", "not needed"));
        assertThat(run(second).state).isEqualTo(RunState.CANCELLED);
        assertThat(run(second).startedAt).isNull();
        assertThat(ended(first).state).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void tasks_of_different_runs_share_a_pool_and_leave_it_as_they_end() {
        var pooled =
                """
                {"id": "pooled", "tasks": [
                  {"id": "in", "type": "shell", "pool": "engine-test", "with": {"command": "true"}},
                  {"id": "in_too", "type": "shell", "pool": "engine-test", "with": {"command": "true"}}]}""";
        var both = List.of(start(pooled), start(pooled));
        both.forEach(id -> assertThat(ended(id).state).isEqualTo(RunState.SUCCESS));

        var inside = new ArrayList<Transition>();
        both.forEach(id -> inside.addAll(runs.transitions(id, 0, 1_000)));
        inside.removeIf(step -> step.task == null);
        assertThat(inside)
                .filteredOn(step -> step.state.equals(TaskState.WAITING.name()))
                .isNotEmpty()
                .allSatisfy(
                        step ->
                                assertThat(step.reason)
                                        .startsWith(
                                                "waits for one of the 1 places of pool 'engine-test'"));
        inside.removeIf(step -> step.state.equals(TaskState.WAITING.name()));
        inside.sort(Comparator.comparing(step -> step.at));
        for (int n = 0; n < inside.size(); n += 2) {
            assertThat(inside.get(n).state).isEqualTo(TaskState.RUNNING.name());
            assertThat(inside.get(n + 1).state).isEqualTo(TaskState.SUCCESS.name());
        }
    }

    @Test
    void a_run_that_only_waits_leaves_the_memory_and_comes_back_in_time() {
        var sleeper = start(wait("4s"));
        await(() -> executor.find(sleeper).isEmpty());
        assertThat(run(sleeper).state).isEqualTo(RunState.RUNNING);
        assertThat(executor.unfinished()).isPositive();

        var ended = ended(sleeper);
        assertThat(ended.state).isEqualTo(RunState.SUCCESS);
        var due =
                runs.transitions(sleeper, 0, 100).stream()
                        .filter(step -> step.dueAt != null)
                        .findFirst()
                        .orElseThrow();
        assertThat(ended.finishedAt).isGreaterThanOrEqualTo(due.dueAt);
    }

    @Test
    void a_run_that_sleeps_can_be_cancelled() {
        var sleeper = start(wait("1h"));
        await(() -> executor.find(sleeper).isEmpty());
        orchestrator.cancel(sleeper, new Request("api", "ada", null));
        var ended = ended(sleeper);
        assertThat(ended.state).isEqualTo(RunState.CANCELLED);
        assertThat(runs.task(sleeper, "nap").orElseThrow().state).isEqualTo(TaskState.CANCELLED);
    }

    private static String nap(String id, String keys) {
        return """
               {"id": "%s", %s "tasks": [{"id": "nap", "type": "wait", "with": {"duration": "300ms"}}]}"""
                .formatted(id, keys);
    }

    private static String wait(String duration) {
        return """
               {"id": "sleeper", "tasks": [{"id": "nap", "type": "wait", "with": {"duration": "%s"}}]}"""
                .formatted(duration);
    }

    private long start(String definition) {
        return start(definition, 0);
    }

    private long start(String definition, int priority) {
        var source = new Source(definition, Format.JSON, "test");
        return orchestrator
                .start(
                        new StartRun(
                                null, source, 0, Map.of(), Map.of(), "api", Map.of(), null, null,
                                priority))
                .run();
    }

    private long firstStart(long run) {
        return run(run).startedAt;
    }

    private Run ended(long run) {
        await(() -> run(run).state.terminal());
        return run(run);
    }

    private Run run(long id) {
        return runs.run(id).orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}

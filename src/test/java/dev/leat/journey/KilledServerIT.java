package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of runs when their server is killed as by `kill -9`, and started again on the same
/// data. Tasks keep a ledger outside the system: a line when they start and one when they end.
class KilledServerIT {

    @TempDir Path folder;
    Path ledger;
    LeatProcess leat;

    @BeforeEach
    void start() {
        ledger = folder.resolve("ledger");
        leat = new LeatProcess(folder).serve();
    }

    @AfterEach
    void stop() {
        leat.close();
    }

    @Test
    void what_had_ended_is_not_run_again_and_what_ran_is() throws IOException {
        var gate = folder.resolve("gate");
        var run =
                leat.start(
                        workflow(
                                """
                {"id": "first", "type": "shell", "with": {"command": "echo first >> \\"$LEDGER\\"; echo '{\\"n\\": 41}' > \\"$LEAT_OUTPUT\\""}},
                {"id": "second", "type": "shell", "dependsOn": ["first"], "with": {"command": "echo second >> \\"$LEDGER\\"; while [ ! -e \\"$GATE\\" ]; do sleep 0.05; done", "env": {"GATE": "%s"}}},
                {"id": "third", "type": "transform", "dependsOn": ["second"], "with": {"value": "${ tasks.first.output.result.n + 1 }"}}
                """
                                        .formatted(gate)));
        leat.run(run, seen -> lines().contains("second"));
        leat.kill();
        Files.createFile(gate);
        leat.serve();

        var ended = leat.ended(run);
        assertThat(ended).containsEntry("state", "SUCCESS");
        assertThat(lines()).containsExactly("first", "second", "second");
        assertThat(task(ended, "second"))
                .containsEntry("state", "SUCCESS")
                .containsEntry("attempt", 2L);
        assertThat(leat.get("/api/runs/" + run + "/tasks/third"))
                .extractingByKey("output")
                .isEqualTo(42L);
    }

    @Test
    void a_retry_and_a_wait_that_were_pending_go_on() {
        var run =
                leat.start(
                        """
                {"id": "pending", "tasks": [
                  {"id": "flaky", "type": "shell", "retry": {"maxAttempts": 3, "delay": "1s"}, "with": {"command": "[ \\"$LEAT_ATTEMPT\\" -gt 1 ]"}},
                  {"id": "nap", "type": "wait", "with": {"duration": "2s"}}]}""");
        leat.run(
                run,
                seen ->
                        "RETRYING".equals(task(seen, "flaky").get("state"))
                                && "WAITING".equals(task(seen, "nap").get("state")));
        leat.kill();
        leat.serve();

        var ended = leat.ended(run);
        assertThat(ended).containsEntry("state", "SUCCESS");
        assertThat(task(ended, "flaky")).containsEntry("attempt", 2L);
        assertThat(task(ended, "nap")).containsEntry("attempt", 1L);
    }

    @Test
    void a_task_that_must_not_run_twice_ends_unknown_and_the_handler_hears_of_it() {
        var run =
                leat.start(
                        """
                {"id": "careful", "tasks": [
                  {"id": "pay", "type": "shell", "retrySafe": false, "with": {"command": "echo paying; sleep 60"}}],
                 "onFailure": [{"id": "ask", "type": "log", "with": {"message": "look at ${ error.task }: ${ error.code }"}}]}""");
        leat.run(run, seen -> "RUNNING".equals(task(seen, "pay").get("state")));
        leat.kill();
        leat.serve();

        var ended = leat.ended(run);
        assertThat(ended).containsEntry("state", "FAILED");
        assertThat(task(ended, "pay"))
                .containsEntry("state", "UNKNOWN")
                .containsEntry("attempt", 1L);
        assertThat(task(ended, "ask")).containsEntry("state", "SUCCESS");
    }

    @Test
    void a_cancelled_run_stays_cancelled_and_its_children_are_gone() throws IOException {
        var run =
                leat.start(
                        workflow(
                                """
                {"id": "long", "type": "shell", "with": {"command": "sleep 300 & echo $! >> \\"$LEDGER\\"; wait"}},
                {"id": "after", "type": "noop", "dependsOn": ["long"]}
                """));
        leat.run(run, seen -> lines().size() == 1);
        leat.post("/api/runs/" + run + "/cancel", Map.of());
        leat.kill();
        leat.serve();

        var ended = leat.ended(run);
        assertThat(ended).containsEntry("state", "CANCELLED");
        assertThat(task(ended, "after")).containsEntry("state", "CANCELLED");
        assertThat(folder.resolve("server.log")).content().doesNotContain("A listener");
        // A killed process stays in the table until its new parent has taken notice.
        ProcessHandle.of(Long.parseLong(lines().getFirst()))
                .ifPresent(child -> child.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    @Test
    void every_acknowledged_run_is_there_and_ends() {
        var runs =
                IntStream.range(0, 40)
                        .mapToObj(
                                n ->
                                        leat.start(
                                                workflow(
                                                        """
                                {"id": "a", "type": "transform", "with": {"value": %d}},
                                {"id": "b", "type": "transform", "dependsOn": ["a"], "with": {"value": "${ tasks.a.output }"}}
                                """
                                                                .formatted(n))))
                        .toList();
        leat.kill();
        leat.serve();

        for (int n = 0; n < runs.size(); n++) {
            assertThat(leat.ended(runs.get(n))).as("run %d", n).containsEntry("state", "SUCCESS");
        }
    }

    @Test
    void a_server_that_is_asked_to_stop_stops_and_hands_its_work_over() {
        var run =
                leat.start(
                        """
                {"id": "handed-over", "tasks": [
                  {"id": "nap", "type": "wait", "with": {"duration": "3s"}}, {"id": "after", "type": "noop", "dependsOn": ["nap"]}]}""");
        leat.run(run, seen -> "WAITING".equals(task(seen, "nap").get("state")));
        leat.terminate();
        leat.serve();

        assertThat(leat.ended(run)).containsEntry("state", "SUCCESS");
    }

    @Test
    void a_task_that_goes_down_with_its_server_five_times_is_not_run_again() {
        var run =
                leat.start(
                        workflow(
                                """
                {"id": "poison", "type": "shell", "with": {"command": "echo $LEAT_ATTEMPT >> \\"$LEDGER\\"; sleep 300"}},
                {"id": "after", "type": "noop", "dependsOn": ["poison"]}
                """));
        for (int attempt = 1; attempt <= 5; attempt++) {
            var begun = attempt;
            leat.run(run, _ -> lines().size() == begun);
            leat.kill();
            leat.serve();
        }

        var ended = leat.ended(run);
        assertThat(ended).containsEntry("state", "FAILED");
        assertThat(lines()).containsExactly("1", "2", "3", "4", "5");
        assertThat(task(ended, "after")).containsEntry("state", "UPSTREAM_FAILED");
        assertThat(task(ended, "poison"))
                .containsEntry("state", "FAILED")
                .containsEntry("attempt", 5L);
        var reason =
                "attempt 5 was lost: its process ended while it ran, the 5th time; it is not run again";
        assertThat(String.valueOf(leat.get("/api/runs/" + run + "/tasks/poison")))
                .contains("quarantined", reason);
        assertThat(leat.page("/runs/" + run)).contains(reason);
    }

    @Test
    void a_second_server_on_the_same_data_is_refused_in_a_sentence() {
        var refused = leat.command("serve", "--port", "0", "--management-port", "0");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("data").contains("process");
    }

    private String workflow(String tasks) {
        return "{\"id\": \"ledger\", \"defaults\": {\"env\": {\"LEDGER\": \"%s\"}}, \"tasks\": [%s]}"
                .formatted(ledger, tasks);
    }

    private List<String> lines() {
        try {
            return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> task(
            Map<String, @Nullable Object> run, String id) {
        var tasks = (List<Map<String, @Nullable Object>>) run.get("tasks");
        return tasks.stream()
                .collect(Collectors.toMap(task -> task.get("id"), task -> task))
                .getOrDefault(id, Map.of());
    }
}

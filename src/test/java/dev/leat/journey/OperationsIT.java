package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.LeatProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people did with runs holds when their server is killed as by `kill -9`, and is steered from
/// the terminal.
class OperationsIT {

    private static final String CHAIN =
            """
            {"id": "steered", "tasks": [
              {"id": "nap", "type": "wait", "with": {"duration": "%s"}},
              {"id": "after", "type": "noop", "dependsOn": ["nap"]}]}""";

    @TempDir Path folder;
    LeatProcess leat;

    @BeforeEach
    void start() {
        leat = new LeatProcess(folder).serve();
    }

    @AfterEach
    void stop() {
        leat.close();
    }

    @Test
    void a_paused_run_is_paused_after_a_kill_and_goes_on_when_it_is_told_to() {
        var run =
                leat.start(
                        """
                        {"id": "held", "tasks": [
                          {"id": "nap", "type": "waitFor", "with": {"signal": "awake"}},
                          {"id": "after", "type": "noop", "dependsOn": ["nap"]}]}""");
        assertThat(leat.command("pause", run, "--reason", "look first", "--as", "anna").exitCode())
                .isZero();
        leat.kill();
        leat.serve();
        leat.post("/api/signals/awake", Map.of());

        var paused = leat.run(run, seen -> "SUCCESS".equals(task(seen, "nap").get("state")));
        assertThat(paused).containsEntry("state", "PAUSED");
        assertThat(paused).containsEntry("reason", "paused by anna: look first");
        assertThat(task(paused, "after")).containsEntry("state", "PENDING");

        // What is left of it may be over before that is printed.
        assertThat(leat.command("resume", run).out()).containsAnyOf("running", "success");
        assertThat(leat.ended(run)).containsEntry("state", "SUCCESS");
        assertThat(leat.command("history", run).out()).contains("PAUSE", "RESUME", "anna");
    }

    @Test
    void a_cancelled_run_does_not_come_back_however_often_its_server_dies() {
        var run = leat.start(CHAIN.formatted("1h"));
        leat.command("pause", run);
        assertThat(leat.command("cancel", run, "--reason", "wrong day").exitCode()).isZero();
        for (int kill = 0; kill < 2; kill++) {
            leat.kill();
            leat.serve();
            assertThat(leat.ended(run)).containsEntry("state", "CANCELLED");
        }
        assertThat(leat.command("resume", run).exitCode()).isEqualTo(2);
    }

    @Test
    void a_mark_on_an_attempt_that_runs_holds_when_the_server_dies_before_it_has_stopped() {
        var run =
                leat.start(
                        """
                        {"id": "marked", "tasks": [
                          {"id": "long", "type": "shell", "with": {"command": "trap '' TERM INT; while true; do sleep 1; done"}},
                          {"id": "after", "type": "noop", "dependsOn": ["long"]}]}""");
        leat.run(run, seen -> "RUNNING".equals(task(seen, "long").get("state")));
        assertThat(leat.command("mark", run, "long", "success", "--output", "42").exitCode())
                .isZero();
        leat.kill();
        leat.serve();

        var ended = leat.ended(run);
        assertThat(ended).containsEntry("state", "SUCCESS");
        assertThat(task(ended, "long")).containsEntry("state", "SUCCESS");
    }

    @Test
    void a_failed_run_is_run_again_and_compared_from_the_terminal() {
        var run =
                leat.start(
                        """
                        {"id": "broken", "tasks": [
                          {"id": "first", "type": "noop"},
                          {"id": "bad", "type": "fail", "dependsOn": ["first"]}]}""");
        assertThat(leat.ended(run)).containsEntry("state", "FAILED");
        var bulk = leat.command("bulk", "rerun", "--state", "failed");
        assertThat(bulk.out()).contains("1 run fits. Add --yes");

        var again = leat.command("rerun", run, "--mark", "bad=success", "--reason", "by hand");
        assertThat(again.exitCode()).isZero();
        var made = again.out().split(" ")[1];
        assertThat(leat.ended(made))
                .containsEntry("state", "SUCCESS")
                .containsEntry("rerunOf", run);
        assertThat(leat.command("compare", run, made).out()).contains("bad", "failed", "success");
        assertThat(leat.command("compare", run, made, "--json").out()).contains("\"FAILED\"");
        assertThat(leat.command("label", made, "team=red").out()).contains("has team=red.");
        assertThat(leat.command("label", made, "red").exitCode()).isEqualTo(2);
        assertThat(leat.command("history", made).out()).contains("LABEL", "team=red");
        assertThat(leat.command("bulk", "cancel", "--yes").exitCode()).isEqualTo(2);
        assertThat(leat.command("bulk", "label", "--all", "--yes").exitCode()).isEqualTo(2);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> task(
            Map<String, @Nullable Object> run, String id) {
        var tasks = (List<Map<String, @Nullable Object>>) run.get("tasks");
        return tasks.stream()
                .filter(task -> id.equals(task.get("id")))
                .findFirst()
                .orElse(Map.of());
    }
}

package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import dev.leat.testing.LeatProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forty tasks in three branches, with a retry, a timeout, skipped tasks and handlers: the same
/// through every door.
class MonthEndIT {

    private static final Pattern PRINTED =
            Pattern.compile(
                    "(?m)^\\[ *[0-9.]+\\] (\\w+): (success|failed|timed out|skipped|upstream failed)\\b");

    @TempDir static Path folder;
    static LeatProcess leat;

    @BeforeAll
    static void serve() {
        leat = new LeatProcess(folder).serve();
    }

    @AfterAll
    static void stop() {
        leat.close();
    }

    @Test
    void over_rest_it_behaves_as_the_format_says() {
        var run = start(false);

        assertThat(run).containsEntry("state", "SUCCESS").containsEntry("warning", true);
        assertThat(run.get("outputs"))
                .isEqualTo(Map.of("rows", 378L, "letter", "Period 2026-10: 378 rows booked."));
        assertThat(states(run))
                .hasSize(42)
                .containsEntry("extract_de", "SUCCESS")
                .containsEntry("slow_source", "TIMED_OUT")
                .containsEntry("archive_note", "SUCCESS")
                .containsEntry("old_format", "SKIPPED")
                .containsEntry("old_check", "SKIPPED")
                .containsEntry("verify", "SKIPPED")
                .containsEntry("alarm", "PENDING")
                .containsEntry("release", "SUCCESS");
        assertThat(task(run, "extract_de")).containsEntry("attempt", 2L);
        assertThat(task(run, "old_check"))
                .containsEntry("reason", "'old_format' was skipped, and the rule is all_success");
    }

    @Test
    void a_failure_near_the_end_runs_the_handlers_and_hides_nothing() {
        var run = start(true);

        assertThat(run).containsEntry("state", "FAILED");
        assertThat((Map<?, ?>) run.get("error"))
                .extracting("code", "task")
                .containsExactly("ledger.mismatch", "verify");
        assertThat(states(run))
                .containsEntry("verify", "FAILED")
                .containsEntry("book", "UPSTREAM_FAILED")
                .containsEntry("close", "UPSTREAM_FAILED")
                .containsEntry("publish_fr", "SUCCESS")
                .containsEntry("alarm", "SUCCESS")
                .containsEntry("release", "SUCCESS");
    }

    @Test
    void the_terminal_and_the_dashboard_tell_the_same_as_rest() {
        var printed = leat.command("run", "workflows/month-end.json", "-i", "fail=true");
        assertThat(printed.exitCode()).as(printed.err()).isEqualTo(1);
        var id = newest();
        var states = states(leat.get("/api/runs/" + id));

        var told = new TreeMap<String, String>();
        var lines = PRINTED.matcher(printed.out());
        while (lines.find()) {
            told.put(lines.group(1), lines.group(2).toUpperCase(Locale.ROOT).replace(' ', '_'));
        }
        assertThat(told).isEqualTo(states);

        var page = leat.page("/runs/" + id + "/tasks");
        states.forEach((task, state) -> assertThat(page).contains(task));
        assertThat(leat.page("/runs/" + id))
                .contains("ledger.mismatch")
                .contains("the totals of 2026-10 don&#39;t match the ledger");
    }

    private static Map<String, @Nullable Object> start(boolean fail) {
        var answer =
                leat.post(
                        "/api/workflows/month-end/runs?wait=60s",
                        Map.of("inputs", Map.of("fail", fail)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.readObject(answer.body());
    }

    private static String newest() {
        var runs = (List<?>) leat.get("/api/runs?workflow=month-end&limit=1").get("runs");
        return String.valueOf(((Map<?, ?>) runs.getFirst()).get("id"));
    }

    private static Map<String, String> states(Map<String, @Nullable Object> run) {
        var states = new TreeMap<String, String>();
        tasks(run)
                .forEach(
                        task ->
                                states.put(
                                        String.valueOf(task.get("id")),
                                        String.valueOf(task.get("state"))));
        return states;
    }

    private static Map<String, @Nullable Object> task(
            Map<String, @Nullable Object> run, String id) {
        return tasks(run).stream()
                .filter(task -> id.equals(task.get("id")))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> tasks(Map<String, @Nullable Object> run) {
        return (List<Map<String, @Nullable Object>>) run.get("tasks");
    }
}

package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fault.Evidence.LogLine;
import dev.leat.fault.Evidence.Shown;
import dev.leat.fault.Ledger.Line;
import dev.leat.fault.Ledger.What;
import dev.leat.fault.Stored.RunRow;
import dev.leat.fault.Stored.Step;
import dev.leat.fault.Stored.TaskRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the auditor says of a run that went well, and of each way in which it could have gone
/// wrong.
class AuditorTest {

    private static final String DEFINITION =
            """
            {"id": "nap", "concurrency": {"limit": 1}, "tasks": [
              {"id": "a", "type": "shell", "with": {"command": "x"}},
              {"id": "b", "type": "ledger.note", "dependsOn": "a"}],
             "finally": [{"id": "z", "type": "noop"}]}""";
    private static final long SECOND = 1_000_000_000;

    private final Map<String, String> accepted = new HashMap<>(Map.of("r1", "nap"));
    private final Map<String, Set<String>> keys = new HashMap<>(Map.of("k1", Set.of("r1")));
    private final Map<String, Integer> unanswered = new HashMap<>();
    private final Map<String, Long> cancelled = new HashMap<>();
    private final List<Line> ledger = new ArrayList<>();
    private final Map<String, RunRow> runs = new HashMap<>();
    private final Map<String, Shown> shown = new HashMap<>();
    private final Map<String, List<LogLine>> logs = new HashMap<>();
    private final List<String> survivors = new ArrayList<>();
    private boolean oneAttempt = true;
    private long miscounted;

    AuditorTest() {
        run("r1", "SUCCESS", "k1", 100);
        tasks("r1").put("a", task("a", "SUCCESS", 2, output("na")));
        tasks("r1")
                .put(
                        "b",
                        task(
                                "b",
                                "SUCCESS",
                                1,
                                "{\"nonce\": \"nb\", \"from\": \"a\", \"nonceOf\": \"na\"}"));
        tasks("r1").put("z", task("z", "SUCCESS", 1, null));
        happened("r1", null, "QUEUED", 0);
        happened("r1", null, "RUNNING", 0);
        happened("r1", "a", "RUNNING", 1);
        happened("r1", "a", "READY", 1);
        happened("r1", "a", "RUNNING", 2);
        happened("r1", "a", "SUCCESS", 2);
        happened("r1", "b", "RUNNING", 1);
        happened("r1", "b", "SUCCESS", 1);
        happened("r1", "z", "RUNNING", 1);
        happened("r1", "z", "SUCCESS", 1);
        happened("r1", null, "SUCCESS", 0);
        noted("a", 1, What.START, "lost", 1);
        noted("a", 2, What.START, "na", 2);
        noted("a", 2, What.END, "na", 3);
        noted("b", 1, What.START, "nb", 4);
        noted("b", 1, What.END, "nb", 5);
        shown.put(
                "r1", new Shown("SUCCESS", Map.of("a", "SUCCESS", "b", "SUCCESS", "z", "SUCCESS")));
        logs.put(
                "r1",
                new ArrayList<>(
                        List.of(
                                new LogLine(1, "a", 1, "note 1 of 2"),
                                new LogLine(2, "a", 2, "note 1 of 2"),
                                new LogLine(3, "a", 2, "note 2 of 2"),
                                new LogLine(4, "b", 1, "note 1 of 1"))));
    }

    @Test
    void a_run_that_kept_all_promises() {
        assertThat(audit()).isEmpty();
    }

    @Test
    void a_run_that_was_accepted_and_is_gone() {
        accepted.put("r2", "nap");
        assertThat(audit()).containsExactly("A1");
    }

    @Test
    void a_run_that_hasnt_ended() {
        run("r1", "RUNNING", "k1", 0);
        assertThat(audit()).contains("A1");
    }

    @Test
    void a_run_that_ended_as_it_should_not() {
        rename("SUCCESS", "FAILED");
        assertThat(audit()).contains("A1");
    }

    @Test
    void a_run_that_failed_because_a_task_was_lost_too_often() {
        rename("SUCCESS", "FAILED");
        tasks("r1").put("a", new TaskRow("a", "SUCCESS", 2, 5, true, output("na")));
        assertThat(audit()).isEmpty();
    }

    @Test
    void a_run_that_failed_because_a_task_of_one_that_it_started_was_lost_too_often() {
        rename("SUCCESS", "FAILED");
        child("r2", new TaskRow("a", "FAILED", 4, 4, false, null));
        assertThat(audit()).contains("A1");
        child("r2", new TaskRow("a", "FAILED", 5, 5, false, null));
        assertThat(audit()).doesNotContain("A1");
    }

    @Test
    void a_key_that_was_answered_with_two_runs() {
        keys.put("k1", Set.of("r1", "r2"));
        assertThat(audit()).contains("A1");
    }

    @Test
    void a_key_that_has_two_runs() {
        copy("r2", "k1");
        assertThat(audit()).contains("A1");
    }

    @Test
    void a_run_that_nobody_asked_for() {
        copy("r2", "");
        assertThat(audit()).contains("A1");
        unanswered.put("nap", 1);
        assertThat(audit()).doesNotContain("A1");
    }

    @Test
    void a_task_that_ran_in_a_run_that_isnt_stored() {
        ledger.add(new Line("r9", "a", 1, 0, What.START, "x", SECOND, 1, 1));
        assertThat(audit()).containsExactly("A1");
    }

    @Test
    void an_output_of_another_attempt_than_the_one_that_is_said() {
        tasks("r1").put("a", task("a", "SUCCESS", 2, output("lost")));
        assertThat(audit()).contains("A2");
    }

    @Test
    void a_success_without_an_end_outside() {
        ledger.removeIf(line -> line.task().equals("b") && line.what() == What.END);
        assertThat(audit()).containsExactly("A2");
    }

    @Test
    void a_success_without_its_output() {
        tasks("r1").put("b", task("b", "SUCCESS", 1, null));
        assertThat(audit()).containsExactly("A2");
    }

    @Test
    void a_later_task_that_was_given_something_else() {
        tasks("r1")
                .put(
                        "b",
                        task(
                                "b",
                                "SUCCESS",
                                1,
                                "{\"nonce\": \"nb\", \"from\": \"a\", \"nonceOf\": \"lost\"}"));
        assertThat(audit()).containsExactly("A2");
    }

    @Test
    void an_attempt_that_began_twice() {
        noted("b", 1, What.START, "nb2", 4);
        assertThat(audit()).contains("A3");
    }

    @Test
    void an_attempt_that_isnt_in_the_history() {
        noted("b", 2, What.START, "nb2", 6);
        assertThat(audit()).contains("A3");
    }

    @Test
    void two_attempts_at_once() {
        noted("a", 1, What.END, "lost", 3);
        assertThat(audit()).containsExactly("A3");
        oneAttempt = false;
        assertThat(audit()).containsExactly("A3");
        ledger.replaceAll(AuditorTest::ofTheNextOwner);
        assertThat(audit()).isEmpty();
        oneAttempt = true;
        assertThat(audit()).containsExactly("A3");
    }

    private static Line ofTheNextOwner(Line line) {
        return line.attempt() == 1 && line.task().equals("a")
                ? line
                : new Line(
                        line.run(),
                        line.task(),
                        line.attempt(),
                        1,
                        line.what(),
                        line.nonce(),
                        line.monotonic(),
                        line.wall(),
                        line.pid());
    }

    @Test
    void a_later_attempt_with_a_smaller_fence() {
        ledger.set(0, new Line("r1", "a", 1, 5, What.START, "lost", SECOND, 1, 1));
        assertThat(audit()).containsExactly("A3");
    }

    @Test
    void a_task_that_goes_on_after_its_end() {
        happened("r1", "z", "RUNNING", 2);
        assertThat(audit()).contains("A3", "A4");
    }

    @Test
    void a_task_that_began_before_the_one_it_depends_on_had_ended() {
        ledger.removeIf(line -> line.task().equals("b"));
        noted("b", 1, What.START, "nb", 2);
        noted("b", 1, What.END, "nb", 5);
        assertThat(audit()).containsExactly("A4");
    }

    @Test
    void a_task_that_began_after_the_run_had_ended() {
        ledger.add(new Line("r1", "b", 1, 0, What.START, "nb", 9 * SECOND, 101, 1));
        assertThat(audit()).contains("A4");
    }

    @Test
    void a_process_that_lived_on_after_the_run_had_ended() {
        ledger.add(new Line("r1", "b", 1, 0, What.BEAT, "nb", 9 * SECOND, 101, 1));
        assertThat(audit()).containsExactly("A4");
        oneAttempt = false;
        assertThat(audit()).isEmpty();
    }

    @Test
    void a_cancelled_run_that_ended_otherwise() {
        cancelled.put("r1", 90 * SECOND);
        assertThat(audit()).containsExactly("A5");
    }

    @Test
    void a_cancelled_run_that_goes_on() {
        rename("SUCCESS", "CANCELLED");
        cancelled.put("r1", -10 * SECOND);
        assertThat(audit()).contains("A5");
    }

    @Test
    void a_process_that_survived() {
        survivors.add("17 sleep 60");
        assertThat(audit()).containsExactly("A5");
    }

    @Test
    void a_log_without_its_end() {
        logs.get("r1").remove(2);
        assertThat(audit()).containsExactly("A7");
    }

    @Test
    void a_log_without_its_beginning() {
        logs.get("r1").remove(1);
        assertThat(audit()).contains("A7");
    }

    @Test
    void two_lines_of_the_same_number() {
        logs.get("r1").add(new LogLine(4, "b", 1, "again"));
        assertThat(audit()).containsExactly("A7");
    }

    @Test
    void a_history_with_a_gap() {
        runs.get("r1").history().remove(3);
        assertThat(audit()).contains("A8");
    }

    @Test
    void a_row_that_says_something_else_than_its_history() {
        tasks("r1").put("z", task("z", "SUCCESS", 2, null));
        assertThat(audit()).containsExactly("A8");
    }

    @Test
    void an_answer_that_says_something_else_than_the_tables() {
        shown.put(
                "r1", new Shown("RUNNING", Map.of("a", "SUCCESS", "b", "RUNNING", "z", "SUCCESS")));
        assertThat(audit()).containsExactly("A8", "A8");
    }

    @Test
    void a_run_that_is_counted_and_is_not_there() {
        miscounted = 1;
        assertThat(audit()).containsExactly("A8");
    }

    @Test
    void more_runs_at_once_than_the_limit() {
        copy("r2", "k2");
        assertThat(audit()).contains("A10");
    }

    private List<String> audit() {
        var evidence =
                new Evidence(
                        Map.of("nap", Set.of("SUCCESS")),
                        accepted,
                        keys,
                        unanswered,
                        cancelled,
                        List.of(),
                        ledger,
                        new Stored(runs),
                        shown,
                        counted(),
                        logs,
                        survivors,
                        oneAttempt);
        return Auditor.audit(evidence).stream().map(Violation::rule).toList();
    }

    private Map<String, Long> counted() {
        var counted = new TreeMap<String, Long>();
        runs.values().forEach(run -> counted.merge(run.state(), 1L, Long::sum));
        counted.put("PAUSED", miscounted);
        return counted;
    }

    private void run(String id, String state, String key, long finishedAt) {
        var before = runs.get(id);
        runs.put(
                id,
                new RunRow(
                        id,
                        "nap",
                        DEFINITION,
                        state,
                        key,
                        "",
                        finishedAt,
                        before == null ? new TreeMap<>() : before.tasks(),
                        before == null ? new ArrayList<>() : before.history()));
    }

    private void copy(String id, String key) {
        var original = runs.get("r1");
        runs.put(
                id,
                new RunRow(
                        id,
                        "nap",
                        DEFINITION,
                        "SUCCESS",
                        key,
                        "",
                        100,
                        Map.of(),
                        original.history()));
        shown.put(id, new Shown("SUCCESS", Map.of()));
    }

    /// One that a task of the first run started, and that failed.
    private void child(String id, TaskRow task) {
        var history = List.of(new Step(1, null, "FAILED", 0, "", 100));
        var tasks = Map.of(task.task(), task);
        runs.put(
                id,
                new RunRow(id, "nap", DEFINITION, "FAILED", "", "", 100, tasks, history, "r1 a"));
    }

    /// The run ends in another way, in all places that say so.
    private void rename(String from, String to) {
        run("r1", to, "k1", 100);
        runs.get("r1")
                .history()
                .replaceAll(
                        step ->
                                step.task() == null && step.state().equals(from)
                                        ? new Step(step.seq(), null, to, 0, "", step.at())
                                        : step);
        shown.put("r1", new Shown(to, shown.get("r1").tasks()));
    }

    private Map<String, TaskRow> tasks(String run) {
        return runs.get(run).tasks();
    }

    private static TaskRow task(String id, String state, int attempt, @Nullable String output) {
        return new TaskRow(id, state, attempt, attempt - 1, output != null, output);
    }

    private static String output(String nonce) {
        return "{\"exitCode\": 0, \"result\": {\"nonce\": \"%s\"}}".formatted(nonce);
    }

    private void happened(String run, @Nullable String task, String state, int attempt) {
        var history = runs.get(run).history();
        history.add(new Step(history.size() + 1, task, state, attempt, "", history.size() + 1));
    }

    private void noted(String task, int attempt, What what, String nonce, long second) {
        ledger.add(new Line("r1", task, attempt, 0, what, nonce, second * SECOND, second, 1));
    }
}

package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.plugin.process.Launch;
import dev.leat.plugin.process.TestLauncher;
import dev.leat.store.Json;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.testing.RecordedAttempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a plugin's program may say, and what comes of it when it says something else. The programs
/// are real, in shell.
@Timeout(60)
class PluginProtocolTest {

    private final RecordedAttempt attempt;

    PluginProtocolTest(@TempDir Path directory) {
        attempt =
                new RecordedAttempt(
                        directory, Map.of("file", "a b.csv", "limits", List.of(1L, 2.5)));
    }

    @Test
    void a_result_is_the_output() throws Exception {
        assertThat(output("echo '{\"result\": {\"rows\": 3}}'")).isEqualTo(Map.of("rows", 3L));
        assertThat(output("echo '{\"result\": null}'")).isNull();
    }

    @Test
    void a_program_is_told_everything_in_one_line() throws Exception {
        var request = output("read -r line; printf '{\"result\": %s}\\n' \"$line\"");
        assertThat(request)
                .isEqualTo(
                        Json.read(
                                """
                                {"protocol": 1, "type": "test.run", "version": 3,
                                 "parameters": %s,
                                 "run": "0ns3k7x2v9d4m", "workflow": "sales.nightly-orders", "task": "fetch",
                                 "attempt": 2, "idempotencyKey": "0ns3k7x2v9d4m-fetch", "fence": 7,
                                 "baseDirectory": "%s"}
                                """
                                        .formatted(
                                                Json.write(attempt.parameters()),
                                                Path.of("").toAbsolutePath())));
    }

    @Test
    void a_script_finds_its_parameters_in_the_environment_too() throws Exception {
        var script =
                "printf '{\"result\": \"%s %s\"}' \"$LEAT_PARAMETER_FILE\" \"$LEAT_PARAMETER_LIMITS\"";
        assertThat(output(script)).isEqualTo("a b.csv [1,2.5]");
    }

    @Test
    void lines_for_the_log_and_progress_are_passed_on() throws Exception {
        var script =
                """
                echo '{"log": "reading"}'
                echo '{"log": "odd row", "level": "warn"}'
                echo '{"log": {"rows": 3}, "level": "debug"}'
                echo '{"progress": 0.4, "note": "40 rows"}'
                echo '{"progress": 7}'
                echo '{"result": 1}'
                """;
        assertThat(output(script)).isEqualTo(1L);
        assertThat(attempt.logged(LogKind.INFO)).isEqualTo("reading");
        assertThat(attempt.logged(LogKind.WARN)).isEqualTo("odd row");
        assertThat(attempt.logged(LogKind.DEBUG)).isEqualTo("{\"rows\":3}");
        assertThat(attempt.progress()).containsExactly("0.4 40 rows", "1.0 ");
    }

    @Test
    void whatever_else_is_printed_is_logged_as_it_is() throws Exception {
        var script =
                "echo hello; echo '[1, 2]'; echo '{\"other\": 1}'; echo '{broken'; echo trouble >&2;"
                        + " echo '{\"result\": 1}'";
        assertThat(output(script)).isEqualTo(1L);
        assertThat(attempt.logged(LogKind.STDOUT))
                .isEqualTo("hello\n[1, 2]\n{\"other\": 1}\n{broken");
        assertThat(attempt.logged(LogKind.STDERR)).isEqualTo("trouble");
    }

    @Test
    void an_error_is_the_failure_with_all_it_says() throws Exception {
        var error =
                failure(
                        """
                        echo '{"error": {"code": "rate-limited", "message": "Too many rows.", "retryable": true, "retryAfter": "30s", "details": {"rows": 3}}}'
                        exit 1
                        """);
        assertThat(error.code()).isEqualTo("rate-limited");
        assertThat(error.message()).isEqualTo("Too many rows.");
        assertThat(error.retryable()).isTrue();
        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(error.details()).isEqualTo(Map.of("rows", 3L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\": \"it broke\"}                              | plugin.error | it broke",
                "{\"error\": {\"message\": \"it broke\"}}               | plugin.error | it broke",
                "{\"error\": {\"code\": \"Bad Code!\", \"message\": \"m\"}} | plugin.error | m",
                "{\"error\": {\"retryAfter\": \"soon\", \"message\": \"m\"}} | plugin.error | m",
                "{\"error\": null}      | plugin.error | null",
                "{\"error\": {}}        | plugin.error | Plugin 'test' failed and didn't say why."
            })
    void a_careless_error_is_a_failure_as_well(String answer, String code, String message)
            throws Exception {
        var error = failure("cat <<'END'\n" + answer + "\nEND");
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.retryable()).isFalse();
    }

    @Test
    void ending_without_a_result_is_a_failure() throws Exception {
        var error = failure("echo done");
        assertThat(error.code()).isEqualTo("plugin.no-result");
        assertThat(error.message())
                .isEqualTo(
                        "Plugin 'test' ended without a result; it should print {\"result\": …}.");
    }

    @Test
    void dying_without_a_result_is_a_failure_with_the_last_words() throws Exception {
        var error = failure("echo 'Traceback' >&2; echo 'KeyError: x' >&2; exit 4");
        assertThat(error.code()).isEqualTo("exit.4");
        assertThat(error.message()).isEqualTo("Plugin 'test' ended with exit code 4: KeyError: x");
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void dying_in_the_middle_of_an_answer_is_no_answer() throws Exception {
        assertThat(failure("printf '{\"result\": {\"rows\"'; kill -9 $$").code())
                .isEqualTo("plugin.protocol");
        assertThat(failure("printf '{\"res'; kill -9 $$").code()).isEqualTo("exit.137");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo '{\"result\": 1}'; echo '{\"result\": 2}'",
                "echo '{\"result\": 1}'; echo '{\"error\": {\"code\": \"x\", \"message\": \"y\"}}'",
                "echo '{\"result\": 1, \"error\": null}'",
                "yes '{\"result\": 1}' | head -n 50000",
                "echo '{\"result\": NaN}'",
                "echo '{\"result\": {\"a\": 1, \"a\": 2}}'",
                "echo '{\"result\": 1} trailing'",
                "echo '{\"result\": 1e400}'",
                "echo '{\"result\": \"\\ud800\"}' | cat"
            })
    void answering_twice_or_wrongly_is_a_failure(String script) throws Exception {
        var error = failure(script);
        assertThat(error.code()).isEqualTo("plugin.protocol");
        assertThat(error.message()).contains("'test'");
        assertThat(error.retryable()).isFalse();
    }

    @Test
    void a_result_counts_also_where_the_program_fails_afterwards() throws Exception {
        assertThat(output("echo '{\"result\": 1}'; exit 3")).isEqualTo(1L);
        assertThat(attempt.logged(LogKind.WARN)).contains("exit code 3");
    }

    @Test
    void a_result_of_a_hundred_megabytes_is_refused() throws Exception {
        var error =
                failure(
                        "printf '{\"result\": \"'; head -c 100000000 /dev/zero | tr '\\0' x; echo '\"}'");
        assertThat(error.code()).isEqualTo("output-too-large");
        assertThat(error.message()).contains("100,000,014 bytes").contains("1,048,576 are allowed");
    }

    @Test
    void a_line_of_a_hundred_megabytes_is_logged_cut() throws Exception {
        assertThat(
                        output(
                                "head -c 100000000 /dev/zero | tr '\\0' x; echo;"
                                        + " echo '{\"result\": 1}'"))
                .isEqualTo(1L);
        assertThat(attempt.logged(LogKind.STDOUT))
                .hasSizeBetween(Launch.LONGEST_LINE, Launch.LONGEST_LINE + 200)
                .contains("[99934464 of this line's 100000000 bytes left out]");
    }

    @Test
    void a_result_deeper_than_anybody_needs_is_a_failure() throws Exception {
        var script =
                "printf '{\"result\": '; head -c 100000 /dev/zero | tr '\\0' '[';"
                        + " head -c 100000 /dev/zero | tr '\\0' ']'; echo '}'";
        assertThat(failure(script).code()).isEqualTo("plugin.protocol");
    }

    @Test
    void what_a_program_leaves_running_does_not_hold_up_its_result() throws Exception {
        assertThat(output("sleep 300 & setsid sleep 300 & echo '{\"result\": 1}'")).isEqualTo(1L);
    }

    @Test
    void a_program_that_never_answers_is_ended_by_an_interrupt() throws Exception {
        var started = new CountDownLatch(1);
        var patient =
                new RecordedAttempt(attempt.workingDirectory(), Map.of()) {
                    @Override
                    public void progress(double fraction, String note) {
                        started.countDown();
                    }
                };
        var end =
                new FutureTask<>(
                        () ->
                                plugin("echo '{\"progress\": 0.1}'; while :; do sleep 1; done")
                                        .perform(patient));
        var thread = Thread.ofVirtual().start(end);
        started.await();
        thread.interrupt();
        assertThatThrownBy(end::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    private static PluginProcess plugin(String script) {
        return new PluginProcess(
                TestLauncher.withGrace(Duration.ofSeconds(1)),
                "test",
                new TaskType("test.run", 3, "Test", "Test", Map.of(), Map.of(), "test", "process"),
                List.of("/bin/sh", "-c", script),
                Map.of());
    }

    private @Nullable Object output(String script) throws Exception {
        var outcome = plugin(script).perform(attempt);
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) outcome).output();
    }

    private TaskError failure(String script) throws Exception {
        var outcome = plugin(script).perform(attempt);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).error();
    }
}

package dev.leat.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.process.TestLauncher;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.testing.RecordedAttempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTaskTest {

    private final ShellTask shell = new ShellTask(TestLauncher.withGrace(Duration.ofSeconds(5)));
    private final Path directory;

    ShellTaskTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_command_line_gives_back_its_exit_code_and_what_it_printed() throws Exception {
        assertThat(output(Map.of("command", "echo one; echo two")))
                .containsEntry("exitCode", 0L)
                .containsEntry("stdout", "one\ntwo")
                .containsEntry("result", null);
    }

    @Test
    void both_streams_go_to_the_log_line_by_line() throws Exception {
        var attempt = attempt(Map.of("command", "echo out; echo err >&2"));
        shell.perform(attempt);
        assertThat(attempt.logged(LogKind.STDOUT)).isEqualTo("out");
        assertThat(attempt.logged(LogKind.STDERR)).isEqualTo("err");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch p)",
                "`touch p`",
                "; touch p",
                "x\ntouch p",
                "'\"'; touch p",
                "-rf",
                "@file",
                "a b  c",
                "*",
                "$HOME",
                "ü → 漢"
            })
    void values_reach_the_command_as_data(String value) throws Exception {
        var output =
                output(Map.of("command", "printf '%s' \"$VALUE\"", "env", Map.of("VALUE", value)));
        assertThat(output).containsEntry("stdout", value);
        assertThat(directory.resolve("p")).doesNotExist();
    }

    @Test
    void args_are_run_without_a_shell() throws Exception {
        assertThat(output(Map.of("args", List.of("printf", "%s|", "$HOME", "a b", ";"))))
                .containsEntry("stdout", "$HOME|a b|;|");
    }

    @Test
    void standard_input_is_fed_and_then_ends() throws Exception {
        assertThat(output(Map.of("command", "cat", "stdin", "some text")))
                .containsEntry("stdout", "some text");
        assertThat(output(Map.of("command", "cat", "stdin", Map.of("rows", 3L))))
                .containsEntry("stdout", "{\"rows\":3}");
        assertThat(output(Map.of("command", "cat"))).containsEntry("stdout", "");
    }

    @Test
    void a_large_input_that_nobody_reads_harms_nothing() throws Exception {
        assertThat(output(Map.of("command", "echo done", "stdin", "x".repeat(1_000_000))))
                .containsEntry("stdout", "done");
    }

    @Test
    void a_large_input_arrives_whole() throws Exception {
        assertThat(output(Map.of("command", "wc -c", "stdin", "x".repeat(1_000_000))))
                .containsEntry("stdout", "1000000");
    }

    @Test
    void cwd_and_shell_are_taken() throws Exception {
        var output =
                output(
                        Map.of(
                                "command", "[[ 1 == 1 ]] && pwd",
                                "shell", "bash",
                                "cwd", "/usr/bin"));
        assertThat(output).containsEntry("stdout", "/usr/bin");
    }

    @Test
    void the_child_knows_which_attempt_it_is() throws Exception {
        var command =
                "echo $LEAT_RUN_ID $LEAT_WORKFLOW $LEAT_TASK_ID $LEAT_ATTEMPT $LEAT_IDEMPOTENCY_KEY $LEAT_FENCE";
        assertThat(output(Map.of("command", command, "env", Map.of("LEAT_FENCE", "99"))))
                .containsEntry(
                        "stdout",
                        "0ns3k7x2v9d4m sales.nightly-orders fetch 2 0ns3k7x2v9d4m-fetch 7");
    }

    @Test
    void the_environment_of_the_workflow_is_there_and_env_goes_before_it() throws Exception {
        var attempt =
                attempt(Map.of("command", "echo $A $B", "env", Map.of("B", "own")))
                        .withEnvironment("A", "workflow")
                        .withEnvironment("B", "workflow");
        assertThat(output(attempt)).containsEntry("stdout", "workflow own");
    }

    @Test
    void json_in_the_result_file_keeps_its_types() throws Exception {
        assertThat(result("echo '{\"rows\": 3, \"ok\": true}' > \"$LEAT_OUTPUT\""))
                .isEqualTo(Map.of("rows", 3L, "ok", true));
        assertThat(result("echo 42 > \"$LEAT_OUTPUT\"")).isEqualTo(42L);
    }

    @Test
    void lines_of_key_and_value_are_a_result_of_texts() throws Exception {
        var command =
                """
                echo 'rows=3' >> "$LEAT_OUTPUT"
                echo 'query=a=b << c' >> "$LEAT_OUTPUT"
                printf 'note<<END\\nfirst\\nsecond=2\\nEND\\n' >> "$LEAT_OUTPUT"
                """;
        assertThat(result(command))
                .isEqualTo(Map.of("rows", "3", "query", "a=b << c", "note", "first\nsecond=2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo '{\"rows\": ' > $LEAT_OUTPUT",
                "echo 'nonsense' > $LEAT_OUTPUT",
                "printf 'a=1\\nnonsense\\n' > $LEAT_OUTPUT",
                "printf 'a<<END\\n1\\n' > $LEAT_OUTPUT",
                "echo '{\"n\": 1e400}' > $LEAT_OUTPUT",
                "echo '{\"a\": 1, \"a\": 2}' > $LEAT_OUTPUT",
                "printf '%s' '{\"half\": \"\\ud83d\"}' > $LEAT_OUTPUT",
                "printf '%s' '{\"half\\udc00\": 1}' > $LEAT_OUTPUT",
                "head -c 100000 /dev/zero | tr '\\0' '[' > $LEAT_OUTPUT",
                "ln -s /etc/hostname $LEAT_OUTPUT",
                "mkdir $LEAT_OUTPUT",
                "mkfifo $LEAT_OUTPUT"
            })
    void a_result_that_nobody_can_read_fails_the_task(String command) throws Exception {
        var error = failure(Map.of("command", command));
        assertThat(error.code()).isEqualTo("output-invalid");
        assertThat(error.message()).startsWith("The file $LEAT_OUTPUT ").endsWith(".");
        assertThat(error.retryable()).isFalse();
    }

    @Test
    void a_result_without_end_is_refused_and_not_read() throws Exception {
        var error = failure(Map.of("command", "head -c 100000000 /dev/zero > $LEAT_OUTPUT"));
        assertThat(error.code()).isEqualTo("output-too-large");
        assertThat(error.message())
                .contains("1,048,576 bytes")
                .contains("leat.engine.max-output-bytes");
    }

    @Test
    void another_exit_code_is_a_failure_with_the_last_words_of_the_command() throws Exception {
        var error = failure(Map.of("command", "echo first >&2; echo 'no such table' >&2; exit 3"));
        assertThat(error.code()).isEqualTo("exit.3");
        assertThat(error.message()).isEqualTo("The command ended with exit code 3: no such table");
        assertThat(error.retryable()).isTrue();
        assertThat(error.details())
                .containsEntry("exitCode", 3L)
                .containsEntry("stderr", "first\nno such table");
    }

    @Test
    void exit_codes_can_be_declared_a_success() throws Exception {
        assertThat(output(Map.of("command", "exit 4", "successExitCodes", List.of(0L, 4L))))
                .containsEntry("exitCode", 4L);
    }

    @Test
    void a_signal_counts_as_shells_count_it() throws Exception {
        assertThat(failure(Map.of("command", "kill -9 $$")).code()).isEqualTo("exit.137");
    }

    @Test
    void a_program_that_is_not_there_is_not_tried_again() throws Exception {
        var error = failure(Map.of("args", List.of("no-such-program")));
        assertThat(error.code()).isEqualTo("exit.127");
        assertThat(error.message()).contains("no-such-program");
        assertThat(error.retryable()).isFalse();
    }

    @Test
    void what_cannot_be_started_is_said() throws Exception {
        assertThat(failure(Map.of("command", "true", "cwd", "/no/such/place")).message())
                .isEqualTo(
                        "The command can't be started: 'cwd' names /no/such/place, which is no directory.");
        assertThat(failure(Map.of("command", "true\0")).code()).isEqualTo("process.start");
        assertThat(failure(Map.of("command", "true", "env", Map.of("A", "\0"))).code())
                .isEqualTo("process.start");
    }

    @Test
    void of_much_output_the_end_is_kept() throws Exception {
        var stdout = (String) output(Map.of("command", "seq 1 100000")).get("stdout");
        assertThat(stdout).hasSizeBetween(60_000, 64 * 1024).endsWith("\n99999\n100000");
    }

    @Test
    void whatever_is_printed_without_line_ends_the_end_is_kept() throws Exception {
        var command =
                "head -c 3000000 /dev/zero | tr '\\0' a; printf '\\rprogress 100 %%\\rno space left'; exit 0";
        var attempt = attempt(Map.of("command", command));
        var outcome = shell.perform(attempt);
        assertThat(attempt.logged(LogKind.STDOUT))
                .startsWith("aaa")
                .contains("of this line's 3000")
                .endsWith("\rprogress 100 %\rno space left");
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void it_runs_in_an_empty_folder() throws Exception {
        var empty = Files.createDirectory(directory.resolve("attempt"));
        var attempt = new RecordedAttempt(empty, Map.of("command", "pwd; ls -A"));
        assertThat(output(attempt)).containsEntry("stdout", empty.toRealPath().toString());
    }

    private RecordedAttempt attempt(Map<String, @Nullable Object> parameters) {
        return new RecordedAttempt(directory, parameters);
    }

    private Map<String, @Nullable Object> output(Map<String, @Nullable Object> parameters)
            throws Exception {
        return output(attempt(parameters));
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> output(RecordedAttempt attempt) throws Exception {
        var outcome = shell.perform(attempt);
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return (Map<String, @Nullable Object>)
                Objects.requireNonNull(((Outcome.Succeeded) outcome).output());
    }

    private @Nullable Object result(String command) throws Exception {
        return output(Map.of("command", command)).get("result");
    }

    private TaskError failure(Map<String, @Nullable Object> parameters) throws Exception {
        return ((Outcome.Failed) shell.perform(attempt(parameters))).error();
    }
}

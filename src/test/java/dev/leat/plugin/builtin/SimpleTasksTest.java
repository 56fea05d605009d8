package dev.leat.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.BuiltIn;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.testing.RecordedAttempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleTasksTest {

    @Test
    void log_writes_its_message_with_its_level() throws Exception {
        var attempt = attempt(Map.of("message", "No orders today", "level", "warn"));
        new LogTask().perform(attempt);
        assertThat(attempt.logged(LogKind.WARN)).isEqualTo("No orders today");
    }

    @Test
    void log_writes_any_other_value_as_json() throws Exception {
        var attempt = attempt(Map.of("message", Map.of("rows", List.of(1L, 2.5))));
        new LogTask().perform(attempt);
        assertThat(attempt.logged(LogKind.INFO)).isEqualTo("{\"rows\":[1,2.5]}");
    }

    @Test
    void noop_gives_back_its_output_or_nothing() throws Exception {
        assertThat(output(new NoopTask(), Map.of("output", List.of(1L)))).isEqualTo(List.of(1L));
        assertThat(output(new NoopTask(), Map.of())).isNull();
    }

    @Test
    void transform_gives_back_its_value_also_null() throws Exception {
        var nothing = new HashMap<String, @Nullable Object>();
        nothing.put("value", null);
        assertThat(output(new TransformTask(), Map.of("value", Map.of("n", 3L))))
                .isEqualTo(Map.of("n", 3L));
        assertThat(output(new TransformTask(), nothing)).isNull();
    }

    @Test
    void template_always_gives_back_a_text() throws Exception {
        assertThat(output(new TemplateTask(), Map.of("text", "Dear Ada"))).isEqualTo("Dear Ada");
        assertThat(output(new TemplateTask(), Map.of("text", 3L))).isEqualTo("3");
    }

    @Test
    void fail_fails_as_told() throws Exception {
        var error =
                failure(
                        new FailTask(),
                        Map.of(
                                "message",
                                "Too few rows",
                                "code",
                                "too-few-rows",
                                "retryable",
                                true,
                                "details",
                                Map.of("rows", 3L)));
        assertThat(error.code()).isEqualTo("too-few-rows");
        assertThat(error.message()).isEqualTo("Too few rows");
        assertThat(error.retryable()).isTrue();
        assertThat(error.details()).containsEntry("rows", 3L);
    }

    @Test
    void fail_needs_no_parameters() throws Exception {
        var error = failure(new FailTask(), Map.of());
        assertThat(error.code()).isEqualTo("failed");
        assertThat(error.retryable()).isFalse();
    }

    @Test
    void wait_waits_for_a_duration_from_now() throws Exception {
        var outcome = new WaitTask().perform(attempt(Map.of("duration", "1h30m")));
        var end = RecordedAttempt.NOW.plus(Duration.ofMinutes(90));
        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Waiting(
                                end,
                                "until 2026-11-23T13:30:00Z",
                                Map.of("until", "2026-11-23T13:30:00Z")));
    }

    @Test
    void wait_waits_until_a_moment_in_any_offset() throws Exception {
        var outcome = new WaitTask().perform(attempt(Map.of("until", "2026-12-24T18:00:00+01:00")));
        assertThat(((Outcome.Waiting) outcome).until()).isEqualTo("2026-12-24T17:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "2026-12-24", "2026-12-24T18:00:00", "5m"})
    void wait_refuses_what_is_no_moment(String until) throws Exception {
        var error = failure(new WaitTask(), Map.of("until", until));
        assertThat(error.code()).isEqualTo("parameters");
        assertThat(error.message()).contains(until).contains("2026-12-24T18:00:00Z");
    }

    @Test
    void wait_refuses_a_number_without_a_unit() throws Exception {
        assertThat(failure(new WaitTask(), Map.of("duration", "5")).message())
                .isEqualTo("The duration '5' has no unit; write 5s, 5m or 5h.");
    }

    private static RecordedAttempt attempt(Map<String, @Nullable Object> parameters) {
        return new RecordedAttempt(Path.of("unused"), parameters);
    }

    private static @Nullable Object output(BuiltIn task, Map<String, @Nullable Object> parameters)
            throws Exception {
        return ((Outcome.Succeeded) task.perform(attempt(parameters))).output();
    }

    private static TaskError failure(BuiltIn task, Map<String, @Nullable Object> parameters)
            throws Exception {
        return ((Outcome.Failed) task.perform(attempt(parameters))).error();
    }
}

package dev.leat.store;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is answered without a question has to be what the question would be answered with.
abstract class FreshHistoriesContract {

    private static final String CHAIN =
            """
            {"id": "fresh-chain", "inputs": {"type": "object", "properties": {"n": {"default": 2}}},
             "tasks": [
               {"id": "a", "type": "transform", "with": {"value": "${ inputs.n }"}},
               {"id": "b", "type": "log", "dependsOn": ["a"], "with": {"message": "${ tasks.a.output }"}},
               {"id": "c", "type": "noop", "dependsOn": ["b"], "when": "${ inputs.n > 5 }"}],
             "outputs": {"a": "${ tasks.a.output }"}}""";

    private static final String FAILING =
            """
            {"id": "fresh-failing", "tasks": [
               {"id": "a", "type": "fail", "with": {"message": "on purpose"},
                "retry": {"maxAttempts": 3, "delay": "1ms"}},
               {"id": "b", "type": "noop", "dependsOn": ["a"]}],
             "onFailure": [{"id": "tell", "type": "noop"}],
             "finally": [{"id": "tidy", "type": "wait", "with": {"duration": "1ms"}}]}""";

    private static final String TIMED_OUT =
            """
            {"id": "fresh-timed-out", "timeout": "200ms", "tasks": [
               {"id": "a", "type": "wait", "with": {"duration": "1h"}}]}""";

    private static final String PARKED =
            """
            {"id": "fresh-parked", "tasks": [
               {"id": "a", "type": "noop"},
               {"id": "b", "type": "wait", "dependsOn": ["a"], "with": {"duration": "20s"}}]}""";

    @Inject FreshHistories fresh;
    @Inject RunStore runs;
    @Inject Membership membership;

    /// Nodes of a test before are known of until the next look.
    @BeforeEach
    void alone() {
        while (membership.heard()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    static Stream<String> texts() {
        return Stream.of(CHAIN, FAILING, TIMED_OUT);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_run_that_has_ended_is_as_the_tables_have_it(String text) {
        var run = start(text, "?wait=30s");
        assertThat(fresh.of(run)).isPresent();
        assertThat(fresh.of(run).orElseThrow().run().state.terminal()).isTrue();
        assertSame(run);
    }

    @Test
    void a_run_that_waits_and_is_cancelled_is_as_the_tables_have_it() {
        var run = start(PARKED, "");
        while (fresh.of(run).orElseThrow().tasks().stream()
                .noneMatch(task -> task.state == TaskState.WAITING)) {
            LockSupport.parkNanos(1_000_000);
        }
        assertSame(run);
        given().post("/api/runs/" + Ids.text(run) + "/cancel").then().statusCode(202);
        assertThat(fresh.of(run).orElseThrow().run().cancelRequestedAt).isNotNull();
        assertSame(run);
    }

    @Test
    void what_is_large_is_read() {
        var large =
                """
                {"id": "fresh-large", "tasks": [
                  {"id": "a", "type": "transform", "with": {"value": "%s"}}],
                 "outputs": {"a": "${ tasks.a.output }"}}"""
                        .formatted("x".repeat(40_000));
        var run = start(large, "?wait=30s");
        assertThat(fresh.of(run)).isEmpty();
        assertThat(runs.history(run).orElseThrow().run().state).isEqualTo(RunState.SUCCESS);
        var wide =
                IntStream.range(0, 51)
                        .mapToObj("{\"id\": \"t%d\", \"type\": \"noop\"}"::formatted)
                        .collect(
                                Collectors.joining(
                                        ",", "{\"id\": \"fresh-wide\", \"tasks\": [", "]}"));
        assertThat(fresh.of(start(wide, "?wait=30s"))).isEmpty();
    }

    private void assertSame(long run) {
        var known = fresh.of(run).orElseThrow();
        var stored = runs.stored(run).orElseThrow();
        assertThat(known.run()).usingRecursiveComparison().isEqualTo(stored.run());
        assertThat(known.tasks())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrderElementsOf(stored.tasks());
        assertThat(known.transitions())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(List.copyOf(stored.transitions()));
    }

    private static long start(String text, String query) {
        var answer =
                given().contentType("application/json")
                        .body("{\"definition\": %s}".formatted(text))
                        .post("/api/runs" + query);
        assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 202);
        return Ids.parse(answer.path("id"));
    }
}

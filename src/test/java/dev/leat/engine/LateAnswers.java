package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.Run;
import dev.leat.store.RunStore;
import dev.leat.store.WaitStore;
import dev.leat.task.Awaited;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// An answer that comes in the moment in which it is too late: it counts, or it is refused.
abstract class LateAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ASK =
            """
            {"id": "late", "tasks": [{"id": "ask", "type": "approval",
              "with": {"title": "Go?", "deadline": "%s", "default": {"decision": "approved"}}}],
             "outputs": {"by": "${ tasks.ask.output.by }"}}""";

    private static final String WAIT =
            """
            {"id": "late-signal", "tasks": [{"id": "wait", "type": "waitFor",
              "with": {"signal": "late", "key": "${ run.id }", "deadline": "1h"}}]}""";

    @Inject MainOrchestrator orchestrator;
    @Inject Approvals approvals;
    @Inject Answers answers;
    @Inject WaitStore waits;
    @Inject RunStore runs;

    /// Whoever answers has looked before the deadline, and writes after the task has ended.
    @Test
    void an_answer_that_is_written_after_the_default_counted_is_refused() {
        var run = start(ASK.formatted("1s"));
        var open = until(() -> waits.waiting("approval", run).stream().findFirst().orElse(null));

        var ended = ended(run);

        assertThat(answers.give(open, yes(), "anna"))
                .hasValueSatisfying(earlier -> assertThat(AnswerRules.isTooLate(earlier)).isTrue());
        assertThat(Json.readObject(String.valueOf(ended.outputs))).containsEntry("by", null);
    }

    @Test
    void once_no_answer_is_taken_any_more_people_are_told_so_and_signals_wait_for_others() {
        var asking = start(ASK.formatted("1h"));
        var open = until(() -> waits.waiting("approval", asking).stream().findFirst().orElse(null));
        var approval = approvals.open(asking, "ask").approval();
        assertThat(answers.close(asking, "ask", open.attempt(), approval)).isEmpty();
        assertThat(answers.close(asking, "ask", open.attempt(), approval)).isEmpty();
        assertThat(answers.look(asking, "ask", open.attempt(), approval)).isEmpty();
        assertThat(waits.waiting("approval", asking)).isEmpty();
        assertThatThrownBy(
                        () ->
                                approvals.decide(
                                        asking,
                                        "ask",
                                        new Approvals.Decision(true, Map.of(), null, "anna")))
                .isInstanceOf(Refusal.Conflict.class);

        var waiting = start(WAIT);
        var signal = new Awaited.Signal("late", Ids.text(waiting));
        var wait =
                until(
                        () ->
                                waits.waiting(TaskDetail.awaits("late", signal.key()), 1).stream()
                                        .findFirst()
                                        .orElse(null));
        assertThat(answers.close(waiting, "wait", wait.attempt(), signal)).isEmpty();
        assertThat(answers.send(signal, 1L, null, Duration.ofHours(1))).isZero();
        assertThat(answers.look(waiting, "wait", wait.attempt(), signal)).isEmpty();
        end(asking, waiting);
    }

    @Test
    void an_answer_that_came_before_counts_although_the_time_is_up() {
        var asking = start(ASK.formatted("1h"));
        var open = until(() -> waits.waiting("approval", asking).stream().findFirst().orElse(null));
        assertThat(answers.give(open, yes(), "anna")).isEmpty();

        var come =
                answers.close(
                        asking,
                        "ask",
                        open.attempt(),
                        new Awaited.Approval("Go?", "", Map.of(), java.util.List.of(), true));

        assertThat(come).hasValueSatisfying(given -> assertThat(given.reason()).contains("anna"));
        assertThat(Json.readObject(String.valueOf(ended(asking).outputs)))
                .containsEntry("by", "anna");
    }

    private static Map<String, @Nullable Object> yes() {
        return Map.of("decision", "approved", "values", Map.of(), "comment", "");
    }

    private long start(String text) {
        return orchestrator
                .start(
                        new StartRun(
                                null,
                                new Source(text, Format.JSON, "test"),
                                0,
                                Map.of(),
                                Map.of(),
                                "test",
                                Map.of(),
                                null,
                                null))
                .run();
    }

    private void end(long... started) {
        for (long run : started) {
            orchestrator.cancel(run, new Request("test", null, "the test is over"));
            ended(run);
        }
    }

    private Run ended(long id) {
        return until(() -> runs.run(id).filter(run -> run.state.terminal()).orElse(null));
    }

    private static <T> T until(Supplier<@Nullable T> look) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var seen = look.get();
            if (seen != null) {
                return seen;
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("time is up");
    }
}

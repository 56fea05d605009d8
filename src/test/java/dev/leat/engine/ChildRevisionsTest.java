package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChildRevisionsTest {

    private static final String BUSY =
            "{\"id\": \"pinning\", \"tasks\": [{\"id\": \"a\", \"type\": \"shell\", \"with\": {\"command\": \"sleep 600\"}}]}";

    @Inject MainOrchestrator orchestrator;
    @Inject Subflows subflows;

    private final List<Long> started = new ArrayList<>();

    /// The second is prepared before the first is known anywhere but here.
    @Test
    void two_children_that_are_prepared_at_once_are_of_one_revision_although_a_save_came_between() {
        var before = save("one");
        var run = start();
        try {
            var first = prepared(run, "first");
            var after = save("two");
            var second = prepared(run, "second");

            assertThat(after).isGreaterThan(before);
            assertThat(first).isEqualTo(before);
            assertThat(second).isEqualTo(before);
            assertThat(prepared(start(), "other")).isEqualTo(after);
        } finally {
            started.forEach(id -> orchestrator.cancel(id, new Request("test", null, null)));
        }
    }

    private int prepared(long run, String task) {
        var child = new Awaited.Run("pinned-child", 0, Map.of(), Map.of(), null);
        var waiting =
                new Outcome.Awaiting(
                        child, "", null, Outcome.failed(TaskError.permanent("timeout", "late")));
        var prepared =
                subflows.prepare(new Children.Parent(run, task, 0, "pinning"), waiting, child);
        assertThat(prepared).isInstanceOf(Outcome.Awaiting.class);
        return ((Awaited.Run) ((Outcome.Awaiting) prepared).awaited()).revision();
    }

    private int save(String name) {
        var text = "{\"id\": \"pinned-child\", \"name\": \"%s\", \"tasks\": []}".formatted(name);
        return orchestrator
                .save(new SaveWorkflow(new Source(text, Format.JSON, "test"), null, 0, "api", null))
                .revision()
                .number;
    }

    private long start() {
        var run =
                orchestrator
                        .start(
                                new StartRun(
                                        null,
                                        new Source(BUSY, Format.JSON, "test"),
                                        0,
                                        Map.of(),
                                        Map.of(),
                                        "test",
                                        Map.of(),
                                        null,
                                        null))
                        .run();
        started.add(run);
        return run;
    }
}

package dev.leat.dashboard;

import dev.leat.engine.report.TaskReport;
import dev.leat.store.TaskState;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.Workflow;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a graph says of one task.
///
/// @param section `tasks`, `onFailure` or `finally`: each is a graph of its own
/// @param state null where there is no run
record GraphTask(
        String id,
        String type,
        String section,
        List<String> dependsOn,
        @Nullable TaskState state,
        String took) {

    static GraphTask of(TaskReport task) {
        return new GraphTask(
                task.id(), task.type(), task.section(), task.dependsOn(), task.state(), note(task));
    }

    /// How far its items are says more than how long it took.
    private static String note(TaskReport task) {
        var facts = task.facts();
        var took = Words.took(task.durationMillis());
        return facts == null || facts.items() == null
                ? took
                : "%d/%d".formatted(facts.itemsEnded(), facts.items());
    }

    static List<GraphTask> planned(Workflow workflow) {
        return Stream.of(
                        planned(workflow.tasks(), "tasks"),
                        planned(workflow.onFailure(), "onFailure"),
                        planned(workflow.last(), "finally"))
                .flatMap(tasks -> tasks)
                .toList();
    }

    private static Stream<GraphTask> planned(List<TaskSpec> tasks, String section) {
        return tasks.stream()
                .map(
                        task ->
                                new GraphTask(
                                        task.id(),
                                        task.type(),
                                        section,
                                        task.dependsOn(),
                                        null,
                                        ""));
    }

    Mark mark() {
        return state == null ? Mark.PLANNED : Mark.of(state);
    }
}

package dev.leat.dashboard;

import dev.leat.plugin.TaskType;
import dev.leat.workflow.TaskLines.Lines;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a workflow's page tells of one of its tasks: what its type does, what it waits for, where
/// it is written.
///
/// @param type null where no plugin has it any more
/// @param followers the tasks that wait for it
/// @param line where it is written, from 1; 0 where that isn't known
/// @param source its own lines
/// @param facts what is special about it, each in a few words
record TaskCard(
        TaskSpec task,
        @Nullable TaskType type,
        List<String> followers,
        int line,
        List<String> source,
        List<String> facts) {

    private static final int MOST_LINES = 60;

    static TaskCard of(
            TaskSpec task,
            @Nullable TaskType type,
            Workflow workflow,
            @Nullable Lines lines,
            List<String> source) {
        return new TaskCard(
                task,
                type,
                all(workflow)
                        .filter(other -> other.dependsOn().contains(task.id()))
                        .map(TaskSpec::id)
                        .toList(),
                lines == null ? 0 : lines.first(),
                lines == null ? List.of() : cut(source, lines),
                facts(task));
    }

    static Stream<TaskSpec> all(Workflow workflow) {
        return Stream.of(workflow.tasks(), workflow.onFailure(), workflow.last())
                .flatMap(List::stream);
    }

    private static List<String> cut(List<String> source, Lines lines) {
        var first = Math.clamp(lines.first() - 1L, 0, source.size());
        var last = Math.clamp(lines.last(), first, Math.min(source.size(), first + MOST_LINES));
        return source.subList(first, last);
    }

    private static List<String> facts(TaskSpec task) {
        var facts = new ArrayList<String>();
        if (task.disabled()) {
            facts.add("disabled");
        }
        if (task.when() != null) {
            facts.add("only under a condition");
        }
        if (task.forEach() != null) {
            facts.add("once for each item");
        }
        if (task.repeat() != null) {
            facts.add("again and again, at most " + task.repeat().atMost() + " times");
        }
        if (task.retry().maxAttempts() > 1) {
            facts.add("up to " + task.retry().maxAttempts() + " attempts");
        }
        if (task.timeout() != null) {
            facts.add("at most " + Words.took(task.timeout().toMillis()) + " an attempt");
        }
        if (task.pool() != null) {
            facts.add("in pool " + task.pool());
        }
        if (task.allowFailure()) {
            facts.add("its failure is no harm");
        }
        return List.copyOf(facts);
    }
}

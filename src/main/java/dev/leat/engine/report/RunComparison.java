package dev.leat.engine.report;

import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In what two runs differ. What is the same in both is left out, but for the tasks, which are all
/// there.
///
/// @param definition the unified diff of their texts, line by line; empty where they are the same
@RegisterForReflection
public record RunComparison(
        Side one,
        Side other,
        List<Difference> inputs,
        List<String> definition,
        List<TaskPair> tasks,
        List<Difference> outputs) {

    @RegisterForReflection
    public record Side(
            String id,
            String workflow,
            int revision,
            RunState state,
            @Nullable Long durationMillis) {}

    /// @param path a JSON pointer
    /// @param kind `changed`; `added` where only the other has it; `removed` where only the one has
    @RegisterForReflection
    public record Difference(
            String path, String kind, @Nullable Object one, @Nullable Object other) {}

    /// @param one its state; null where that run has no such task
    /// @param difference how much longer it took in the other, in milliseconds; null where it
    /// didn't run in both
    /// @param line the first line that differs in what the newest attempts wrote, times aside; null
    /// where none does
    @RegisterForReflection
    public record TaskPair(
            String id,
            @Nullable TaskState one,
            @Nullable TaskState other,
            @Nullable Long oneMillis,
            @Nullable Long otherMillis,
            @Nullable Long difference,
            List<Difference> output,
            @Nullable LinePair line) {

        /// Whether it ended in another way or with another output, or wrote something else.
        public boolean differs() {
            return one != other || !output.isEmpty() || line != null;
        }
    }

    /// @param number which line it is of what the task wrote, from 1
    /// @param one null where that run's task wrote no more
    @RegisterForReflection
    public record LinePair(int number, @Nullable String one, @Nullable String other) {}
}

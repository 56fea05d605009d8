package dev.leat.plugin.process;

import dev.leat.task.TaskContext;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What to start, and where.
///
/// @param command the program and its arguments; no shell looks at them
/// @param environment beside what every child gets
/// @param input written to the child's standard input, which then ends; may be empty
/// @param longestLine bytes of one line of standard output that are kept whole
public record Launch(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        String input,
        int longestLine) {

    /// Lines of output are kept up to here; the middle of longer ones is left out with a mark.
    public static final int LONGEST_LINE = 64 * 1024;

    public Launch {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /// A child of one attempt: in the attempt's folder, with the environment its workflow gives it
    /// and the facts that tell it who it is, as `LEAT_…`.
    public static Launch of(TaskContext attempt, List<String> command) {
        var environment = new LinkedHashMap<>(attempt.environment());
        environment.put("LEAT_RUN_ID", attempt.runId());
        environment.put("LEAT_WORKFLOW", attempt.workflow());
        environment.put("LEAT_TASK_ID", attempt.taskId());
        environment.put("LEAT_ATTEMPT", Integer.toString(attempt.attempt()));
        environment.put("LEAT_IDEMPOTENCY_KEY", attempt.idempotencyKey());
        environment.put("LEAT_FENCE", Long.toString(attempt.fence()));
        environment.put("LEAT_BASE_DIRECTORY", Path.of("").toAbsolutePath().toString());
        return new Launch(command, attempt.workingDirectory(), environment, "", LONGEST_LINE);
    }

    public Launch in(Path newDirectory) {
        return new Launch(command, newDirectory, environment, input, longestLine);
    }

    /// More variables, which replace those of the same name, except for `LEAT_…` ones that are set
    /// already: nobody passes for another attempt.
    public Launch withEnvironment(Map<String, String> more) {
        var all = new LinkedHashMap<>(environment);
        more.forEach(
                (name, value) ->
                        all.merge(name, value, (old, now) -> name.startsWith("LEAT_") ? old : now));
        return new Launch(command, directory, all, input, longestLine);
    }

    public Launch withInput(String newInput) {
        return new Launch(command, directory, environment, newInput, longestLine);
    }

    public Launch withLongestLine(int bytes) {
        return new Launch(command, directory, environment, input, bytes);
    }
}

package dev.leat.plugin.process;

import dev.leat.task.TaskError;
import java.util.Map;

/// What it means for a task that its program ended with another exit code than it should have.
public final class ExitFailure {

    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private ExitFailure() {}

    /// The failure `exit.N`. Most codes may be as passing as a lost connection, so another try may
    /// help; that there is no such program stays so.
    ///
    /// @param subject begins the sentence, such as `The command`
    public static TaskError of(String subject, int exitCode, Tail stderr) {
        var code = "exit." + exitCode;
        var lastWords = stderr.lastLine();
        var message =
                subject
                        + " ended with exit code "
                        + exitCode
                        + (lastWords.isEmpty() ? "." : ": " + lastWords);
        var error =
                exitCode == NOT_EXECUTABLE || exitCode == NOT_FOUND
                        ? TaskError.permanent(code, message)
                        : TaskError.transientFailure(code, message);
        return error.withDetails(Map.of("exitCode", (long) exitCode, "stderr", stderr.text()));
    }
}

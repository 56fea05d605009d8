package dev.leat.dashboard;

import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.TaskReport;
import dev.leat.store.TaskState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a run failed, or what has failed in it so far: the first thing its page says.
///
/// @param task null where no task decided it, as with the run's own timeout
/// @param attempt 0 where there was none
/// @param others how many other tasks have failed
record Failure(
        @Nullable TaskReport task,
        int attempt,
        int attempts,
        Reason reason,
        List<LogLine> lines,
        int others) {

    /// An error as the store keeps it, of a task or of a run.
    record Reason(String code, String message, List<String> causes) {

        private static final String EXIT = "exit.";

        /// What a program ended with; empty where none did.
        public String exitCode() {
            return code.startsWith(EXIT) ? code.substring(EXIT.length()) : "";
        }

        static Reason of(Map<String, @Nullable Object> error) {
            var causes =
                    error.get("causes") instanceof List<?> list
                            ? list.stream().map(String::valueOf).toList()
                            : List.<String>of();
            return new Reason(
                    String.valueOf(error.getOrDefault("code", "")),
                    String.valueOf(error.getOrDefault("message", "")),
                    causes);
        }
    }

    /// The task that decided the run's end; before the end, the one that failed first.
    static Optional<TaskReport> first(RunReport run) {
        var named = run.error() == null ? null : run.error().get("task");
        return run.tasks().stream()
                .filter(
                        task ->
                                named == null
                                        ? task.state().failure()
                                                && task.state() != TaskState.UPSTREAM_FAILED
                                        : task.id().equals(named))
                .min(
                        Comparator.comparing(
                                task ->
                                        Optional.ofNullable(task.finishedAt())
                                                .orElse(Instant.MAX)));
    }
}

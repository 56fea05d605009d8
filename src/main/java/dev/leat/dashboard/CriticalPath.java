package dev.leat.dashboard;

import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The chain of tasks that determined when a run ended: each began when the one before it had
/// ended. Making any other task faster wouldn't have made the run faster. Pure.
///
/// @param tasks in the order they ran; empty where none has begun
/// @param millis how long they took together
/// @param ofMillis how long the run took
/// @param slowest the one that took longest; null where there is none
record CriticalPath(
        List<String> tasks,
        long millis,
        long ofMillis,
        @Nullable String slowest,
        long slowestMillis) {

    static final CriticalPath NONE = new CriticalPath(List.of(), 0, 0, null, 0);

    /// @param now where what still runs ends for the time being
    static CriticalPath of(RunReport run, Instant now) {
        var chain = new Walk(run.tasks(), now).chain();
        if (chain.isEmpty()) {
            return NONE;
        }
        var sum = 0L;
        var slowest = chain.getFirst();
        for (var task : chain) {
            sum += millis(task, now);
            slowest = millis(task, now) > millis(slowest, now) ? task : slowest;
        }
        var whole = run.durationMillis() == null ? sum : run.durationMillis();
        return new CriticalPath(
                chain.stream().map(TaskReport::id).toList(),
                sum,
                Math.max(sum, whole),
                slowest.id(),
                millis(slowest, now));
    }

    private static long millis(TaskReport task, Instant now) {
        return task.startedAt() == null
                ? 0
                : Math.max(0, Duration.between(task.startedAt(), end(task, now)).toMillis());
    }

    private static Instant end(TaskReport task, Instant now) {
        return task.finishedAt() == null ? now : task.finishedAt();
    }

    public boolean empty() {
        return tasks.isEmpty();
    }

    public boolean contains(String task) {
        return tasks.contains(task);
    }

    /// `9 tasks on the longest path, 34.0 s of 36.0 s; the most in load, 12.0 s`; empty for none.
    public String words() {
        return empty()
                ? ""
                : "%s on the longest path, %s of %s; the most in %s, %s"
                        .formatted(
                                Words.of(tasks.size(), "task"),
                                Words.took(millis),
                                Words.took(ofMillis),
                                slowest,
                                Words.took(slowestMillis));
    }

    /// From the task that ended last back to one that waited for nothing.
    private static final class Walk {
        private final List<TaskReport> tasks;
        private final Instant now;
        private final Map<String, TaskReport> byId = new HashMap<>();

        Walk(List<TaskReport> tasks, Instant now) {
            this.tasks = tasks;
            this.now = now;
            tasks.forEach(task -> byId.put(task.id(), task));
        }

        List<TaskReport> chain() {
            var chain = new ArrayList<TaskReport>();
            var seen = new HashSet<String>();
            var task =
                    tasks.stream()
                            .filter(each -> each.startedAt() != null)
                            .max(Comparator.comparing(each -> end(each, now)));
            while (task.isPresent() && seen.add(task.get().id())) {
                // What was skipped hands on what it waited for, and takes no time of its own.
                if (task.get().startedAt() != null) {
                    chain.add(task.get());
                }
                task = before(task.get());
            }
            Collections.reverse(chain);
            return List.copyOf(chain);
        }

        /// What it waited for last.
        private Optional<TaskReport> before(TaskReport task) {
            return waitedFor(task).stream()
                    .filter(each -> each.finishedAt() != null)
                    .max(Comparator.comparing(TaskReport::finishedAt));
        }

        private List<TaskReport> waitedFor(TaskReport task) {
            if (!task.dependsOn().isEmpty()) {
                return task.dependsOn().stream().map(byId::get).filter(Objects::nonNull).toList();
            }
            var earlier = earlier(task.section());
            return earlier.isEmpty()
                    ? List.of()
                    : tasks.stream().filter(each -> earlier.contains(each.section())).toList();
        }

        private static Set<String> earlier(String section) {
            return switch (section) {
                case "onFailure" -> Set.of("tasks");
                case "finally" -> Set.of("tasks", "onFailure");
                default -> Set.of();
            };
        }
    }
}

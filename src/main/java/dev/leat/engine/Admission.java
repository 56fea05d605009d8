package dev.leat.engine;

import dev.leat.store.Ids;
import dev.leat.workflow.Workflow.Concurrency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Which runs of a workflow may run at once, by its `concurrency`. A waiting run is a row; here it
// is an id in a queue.
final class Admission {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Line> lines = new HashMap<>();

    sealed interface Answer {
        record Start() implements Answer {}

        record Queue(String reason) implements Answer {}

        record Skip(String reason) implements Answer {}

        /// The run is queued, and these are to be cancelled to make room.
        record CancelRunning(List<Long> runs, String reason) implements Answer {}
    }

    /// Asks for a new run. With `Start` its place is taken, with `Queue` and `CancelRunning` it
    // stands in line.
    Answer ask(String workflow, long run, Concurrency concurrency) {
        lock.lock();
        try {
            var line = lines.computeIfAbsent(workflow, name -> new Line());
            line.limit = concurrency.limit();
            if (line.limit == 0 || line.running.size() < line.limit && line.waiting.isEmpty()) {
                line.running.add(run);
                return new Answer.Start();
            }
            return switch (concurrency.onConflict()) {
                case ALLOW -> {
                    line.running.add(run);
                    yield new Answer.Start();
                }
                case SKIP ->
                        new Answer.Skip(
                                line.reason()
                                        + ", and its 'concurrency' says to skip further ones");
                case QUEUE -> {
                    line.waiting.add(run);
                    yield new Answer.Queue("waits: " + line.reason());
                }
                case CANCEL_RUNNING -> {
                    var others = new ArrayList<>(line.running);
                    others.addAll(line.waiting);
                    line.waiting.add(run);
                    yield new Answer.CancelRunning(
                            others, "waits for the run it replaces to end: " + line.reason());
                }
            };
        } finally {
            lock.unlock();
        }
    }

    /// Puts a run back that an earlier process had started.
    void restore(String workflow, long run) {
        lock.lock();
        try {
            lines.computeIfAbsent(workflow, name -> new Line()).running.add(run);
        } finally {
            lock.unlock();
        }
    }

    /// Puts a run back in line that an earlier process had queued.
    void restoreWaiting(String workflow, long run, int limit) {
        lock.lock();
        try {
            var line = lines.computeIfAbsent(workflow, name -> new Line());
            line.limit = limit;
            line.waiting.add(run);
        } finally {
            lock.unlock();
        }
    }

    /// The run needs its place no more.
    ///
    /// @return the runs whose turn it is now; their places are taken
    List<Long> leave(String workflow, long run) {
        lock.lock();
        try {
            var line = lines.get(workflow);
            if (line == null) {
                return List.of();
            }
            line.running.remove(run);
            line.waiting.remove(run);
            var next = line.admit();
            if (line.running.isEmpty() && line.waiting.isEmpty()) {
                lines.remove(workflow);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return lines.values().stream().mapToInt(line -> line.waiting.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    /// Those whose turn it is, as after a restart.
    List<Long> admitAll() {
        lock.lock();
        try {
            var next = new ArrayList<Long>();
            lines.values().forEach(line -> next.addAll(line.admit()));
            return next;
        } finally {
            lock.unlock();
        }
    }

    private static final class Line {
        private final Set<Long> running = new LinkedHashSet<>();
        private final Deque<Long> waiting = new ArrayDeque<>();
        private int limit;

        List<Long> admit() {
            var next = new ArrayList<Long>();
            while (!waiting.isEmpty() && (limit == 0 || running.size() < limit)) {
                var run = waiting.poll();
                running.add(run);
                next.add(run);
            }
            return next;
        }

        String reason() {
            var names = running.stream().limit(3).map(Ids::text).toList();
            var which =
                    names.size() == 1
                            ? "run " + names.getFirst() + " is running"
                            : "runs " + String.join(", ", names) + " are running";
            return (names.isEmpty() ? "others are in line" : which)
                    + " and the workflow's limit is "
                    + limit;
        }
    }
}

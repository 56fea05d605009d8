package dev.leat.dashboard;

import dev.leat.store.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How far a run is: a bar of its tasks' states, the same with words.
///
/// @param parts left to right, each as wide as its share of the tasks
record Progress(int done, int total, List<Part> parts) {

    /// The width of the whole bar.
    static final int WIDTH = 1_000;

    private static final List<TaskState> LEFT_TO_RIGHT =
            List.of(
                    TaskState.SUCCESS,
                    TaskState.SKIPPED,
                    TaskState.FAILED,
                    TaskState.TIMED_OUT,
                    TaskState.UPSTREAM_FAILED,
                    TaskState.UNKNOWN,
                    TaskState.CANCELLED,
                    TaskState.RUNNING,
                    TaskState.RETRYING,
                    TaskState.WAITING,
                    TaskState.READY,
                    TaskState.PENDING);

    record Part(Mark mark, String state, int count, double x, double width) {}

    static Progress of(Map<TaskState, Integer> counts, int total) {
        var parts = new ArrayList<Part>();
        double x = 0;
        int done = 0;
        for (var state : LEFT_TO_RIGHT) {
            int count = counts.getOrDefault(state, 0);
            if (count == 0) {
                continue;
            }
            double width = total == 0 ? 0 : (double) count * WIDTH / total;
            parts.add(new Part(Mark.of(state), state.name(), count, x, width));
            x += width;
            done += state.terminal() ? count : 0;
        }
        return new Progress(done, total, List.copyOf(parts));
    }

    public int percent() {
        return total == 0 ? 100 : done * 100 / total;
    }
}

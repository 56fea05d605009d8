package dev.leat.engine;

import dev.leat.store.TaskState;
import dev.leat.workflow.TriggerRule;

/// Whether a task may start, from how the tasks it depends on have ended so far. Airflow's rules;
/// where one can no longer be met, the answer comes at once and doesn't wait for the rest.
final class TriggerRules {

    private TriggerRules() {}

    sealed interface Answer {
        record NotYet() implements Answer {}

        record Start() implements Answer {}

        /// The rule can't be met any more.
        ///
        /// @param state SKIPPED or UPSTREAM_FAILED
        record Never(TaskState state) implements Answer {}
    }

    private static final Answer NOT_YET = new Answer.NotYet();
    private static final Answer START = new Answer.Start();
    private static final Answer SKIP = new Answer.Never(TaskState.SKIPPED);
    private static final Answer UPSTREAM_FAILED = new Answer.Never(TaskState.UPSTREAM_FAILED);

    /// @param total how many tasks it depends on
    static Answer answer(TriggerRule rule, int total, int succeeded, int failed, int skipped) {
        if (total == 0) {
            return START;
        }
        var allEnded = succeeded + failed + skipped == total;
        return switch (rule) {
            case ALWAYS -> START;
            case ALL_DONE -> allEnded ? START : NOT_YET;
            case ALL_SUCCESS ->
                    failed > 0 ? UPSTREAM_FAILED : skipped > 0 ? SKIP : allEnded ? START : NOT_YET;
            case ALL_FAILED -> succeeded > 0 || skipped > 0 ? SKIP : allEnded ? START : NOT_YET;
            case ONE_SUCCESS ->
                    succeeded > 0
                            ? START
                            : !allEnded ? NOT_YET : failed > 0 ? UPSTREAM_FAILED : SKIP;
            case ONE_FAILED -> failed > 0 ? START : allEnded ? SKIP : NOT_YET;
            case NONE_FAILED -> failed > 0 ? UPSTREAM_FAILED : allEnded ? START : NOT_YET;
            case NONE_FAILED_MIN_ONE_SUCCESS ->
                    failed > 0
                            ? UPSTREAM_FAILED
                            : !allEnded ? NOT_YET : succeeded > 0 ? START : SKIP;
        };
    }
}

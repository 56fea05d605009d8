package dev.leat.engine;

import dev.leat.store.Change.RunError;
import dev.leat.store.RunState;
import dev.leat.task.TaskError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a run is going to end, as far as that is decided.
final class RunVerdict {

    private boolean cancelled;
    private boolean timedOut;
    private @Nullable RunError error;
    private @Nullable Map<String, @Nullable Object> outputs;

    void restore(StoredRun stored) {
        cancelled = stored.cancelled();
        timedOut = stored.timedOut();
        error = stored.error();
    }

    void cancel() {
        cancelled = true;
    }

    void timeOut(String sentence) {
        timedOut = true;
        error = new RunError("run-timeout", sentence, null, 0, List.of());
    }

    void fail(TaskError failure) {
        error = new RunError(failure.code(), failure.message(), null, 0, failure.causes());
    }

    /// The tasks are over: what they mean for the run, unless that was decided before.
    void concludeTasks(Phase tasks, RunContext context) {
        if (decided()) {
            return;
        }
        var culprit = tasks.culprit();
        if (culprit != null) {
            error = Reasons.runError(culprit);
            return;
        }
        switch (context.outputs()) {
            case RunContext.Evaluated.Values(var values) -> outputs = values;
            case RunContext.Evaluated.Broken(var failure) -> fail(failure);
        }
    }

    /// Cleaning up that fails is worth knowing: it fails a run that had succeeded.
    void concludeCleanUp(Phase cleanUp) {
        var culprit = cleanUp.culprit();
        if (!decided() && culprit != null) {
            error = Reasons.runError(culprit);
        }
    }

    private boolean decided() {
        return cancelled || timedOut || error != null;
    }

    /// Whether `onFailure` is to run.
    boolean failed() {
        return !cancelled && error != null;
    }

    /// Why its tasks are to be stopped; null where they aren't.
    @Nullable String stopping() {
        return cancelled ? "the run was cancelled" : timedOut ? "the run's time was up" : null;
    }

    boolean timedOut() {
        return timedOut;
    }

    RunState state() {
        if (cancelled) {
            return RunState.CANCELLED;
        }
        return timedOut ? RunState.TIMED_OUT : error != null ? RunState.FAILED : RunState.SUCCESS;
    }

    @Nullable RunError error() {
        return error;
    }

    @Nullable Map<String, @Nullable Object> outputs() {
        return outputs;
    }
}

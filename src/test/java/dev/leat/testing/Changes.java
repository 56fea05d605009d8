package dev.leat.testing;

import dev.leat.store.Change;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import dev.leat.task.TaskError;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes for the journal with what most tests don't care about filled in.
public final class Changes {

    public static final Instant AT = Instant.parse("2026-11-23T08:00:00.000001Z");

    private Changes() {}

    public static Change.RevisionSaved revision(long id, String workflow, int number) {
        return new Change.RevisionSaved(
                id,
                workflow,
                number,
                "hash-" + number,
                "{\"id\": \"%s\"}".formatted(workflow),
                "JSON",
                "Name of " + workflow,
                "",
                Map.of("team", "a"),
                "api",
                null,
                null,
                true,
                AT);
    }

    public static Change.RunOpened opened(long run, String workflow, long revision) {
        return opened(run, workflow, revision, null);
    }

    public static Change.RunOpened opened(
            long run, String workflow, long revision, @Nullable String idempotencyKey) {
        return new Change.RunOpened(
                run,
                workflow,
                revision,
                1,
                RunState.QUEUED,
                null,
                Map.of("n", 1L),
                "api",
                Map.of(),
                null,
                Map.of(),
                idempotencyKey,
                idempotencyKey == null ? null : "payload",
                3,
                true,
                false,
                0,
                AT,
                1);
    }

    public static Change.RunChanged run(long run, long seq, RunState state) {
        return new Change.RunChanged(run, seq, state, null, AT, null, null, null, AT);
    }

    public static Change.TaskChanged task(long run, long seq, String task, TaskState state) {
        return new Change.TaskChanged(
                run, seq, task, state, 1, 0, null, null, AT, null, null, false, null, AT);
    }

    public static Change.TaskChanged succeeded(long run, long seq, String task, Object output) {
        return new Change.TaskChanged(
                run,
                seq,
                task,
                TaskState.SUCCESS,
                1,
                0,
                null,
                null,
                null,
                AT,
                null,
                true,
                output,
                AT);
    }

    public static Change.TaskChanged failed(long run, long seq, String task, TaskError error) {
        return new Change.TaskChanged(
                run,
                seq,
                task,
                TaskState.FAILED,
                1,
                0,
                error.message(),
                null,
                null,
                AT,
                error,
                false,
                null,
                AT);
    }
}

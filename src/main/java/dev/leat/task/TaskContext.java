package dev.leat.task;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one attempt of a task is given.
///
/// JSON values are plain Java here and everywhere in Leat: `Map<String, Object>`, `List<Object>`,
/// `String`, `Long` or `Double`, `Boolean`, and `null`.
public interface TaskContext {

    /// The run's id as people see it, such as `0ns3k7x2v9d4m`.
    String runId();

    /// The workflow's qualified id: `sales.nightly-orders`, or `hello` in the default namespace.
    String workflow();

    String taskId();

    /// 1 for the first try.
    int attempt();

    /// The same for all attempts of this task in this run, and different for every other task, item
    /// of a `forEach`, repetition or run: hand it to systems that drop a request they have seen.
    String idempotencyKey();

    /// Grows each time the run changes its owner. A system that remembers the highest one it has
    /// seen can refuse a stale worker.
    long fence();

    /// The parameters (`with`) after evaluation, already valid against the type's schema.
    Map<String, @Nullable Object> parameters();

    /// Environment variables that the workflow gives this task's child processes.
    Map<String, String> environment();

    /// An empty folder of this attempt's own, made when first asked for and deleted after the
    /// attempt.
    Path workingDirectory();

    TaskLog log();

    /// The most bytes of JSON that the attempt's output may have. Who reads an output from
    /// elsewhere stops there: what is larger is refused anyway.
    default int largestOutput() {
        return 1024 * 1024;
    }

    /// Tells people how far the attempt is, by a line in its log; at most two a second are written.
    ///
    /// @param fraction from 0 to 1
    /// @param note a few words, may be empty
    void progress(double fraction, String note);

    /// The only clock a task reads: tests move it.
    InstantSource clock();
}

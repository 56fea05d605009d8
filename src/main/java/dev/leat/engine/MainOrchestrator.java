package dev.leat.engine;

import dev.leat.store.Revision;
import dev.leat.store.Run;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The one way in, whichever door the request came through: definitions are stored, runs are
// started and steered here.
@ApplicationScoped
public class MainOrchestrator {

    /// Starts a run. When this returns, the run is on disk.
    ///
    /// @throws dev.leat.task.Refusal with what is wrong
    public Started start(StartRun request) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The run once it has ended, or as it is when the time is up.
    public Run await(long run, Duration atMost) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The same without holding a thread; completes with the ended run.
    public CompletionStage<Run> whenEnded(long run) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Asks a run to end. Safe to repeat; the answer is on disk when this returns.
    ///
    /// @throws dev.leat.task.Refusal.NotFound
    /// @throws dev.leat.task.Refusal.Conflict where the run has ended otherwise
    public Run cancel(long run, @Nullable String by, @Nullable String why) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Stores a definition as the workflow's current revision, or answers the revision it already
    // is.
    ///
    /// @throws dev.leat.task.Refusal.Invalid with all problems; nothing is stored then
    public Saved save(SaveWorkflow request) {
        throw new UnsupportedOperationException("not yet");
    }

    /// What saving would answer, without storing anything.
    public WorkflowLoader.Loaded check(Source source) {
        throw new UnsupportedOperationException("not yet");
    }

    /// @throws dev.leat.task.Refusal.NotFound
    /// @throws dev.leat.task.Refusal.Conflict where a file owns it
    public void delete(String workflow) {
        throw new UnsupportedOperationException("not yet");
    }

    /// @param workflow qualified id of a stored workflow, with `definition` null; or null
    /// @param definition a text to run once, which doesn't become the workflow's current revision;
    // or null
    /// @param revision number; 0 for the current one
    /// @param trigger `api`, `dashboard`, `cli`, …
    public record StartRun(
            @Nullable String workflow,
            @Nullable Source definition,
            int revision,
            Map<String, @Nullable Object> inputs,
            Map<String, String> labels,
            String trigger,
            Map<String, @Nullable Object> triggerFacts,
            @Nullable String startedBy,
            @Nullable String idempotencyKey) {}

    /// @param replayed whether an earlier request with the same idempotency key had started it
    public record Started(Run run, boolean replayed) {}

    /// @param expectedId refuse any other id in the text, as for a PUT; null takes the text's
    /// @param expectedRevision refuse unless this is the newest number, so that nobody's edit is
    // lost; 0 for any
    public record SaveWorkflow(
            Source source,
            @Nullable String expectedId,
            int expectedRevision,
            String origin,
            @Nullable String author) {}

    /// @param created whether a revision was stored; false where the text was the current one
    // already
    public record Saved(Revision revision, WorkflowLoader.Loaded loaded, boolean created) {}
}

package dev.leat.cli;

import dev.leat.store.RunEvent;
import dev.leat.store.RunLogs;
import dev.leat.store.RunState;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.WorkflowLoader.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who carries the run out: this process, or the server that holds the data directory.
interface RunHost {

    /// @throws dev.leat.task.Refusal.Invalid with everything that is wrong with the text
    Checked check(Source source);

    /// The id of the run, which is on disk by then.
    ///
    /// @throws dev.leat.task.Refusal
    String start(
            Source source,
            Map<String, @Nullable Object> inputs,
            Map<String, String> labels,
            int priority,
            String startedBy);

    Following follow(String run);

    RunDocument document(String run);

    /// Newest first, without tasks and values.
    List<RunDocument> latest(@Nullable String workflow, @Nullable RunState state, int limit);

    /// As REST shows them: those that carry runs, then the latest that did.
    List<Map<?, ?>> nodes(int limit);

    /// As REST shows them.
    List<Map<?, ?>> pools();

    /// @throws dev.leat.task.Refusal
    void sizePool(String pool, int places);

    /// @throws dev.leat.task.Refusal
    void removePool(String pool);

    /// Calendars or blackouts, as REST shows them.
    List<Map<?, ?>> documents(Kind kind);

    /// @param by who stores it
    /// @return its id
    /// @throws dev.leat.task.Refusal.Invalid with everything that is wrong with the text
    String saveDocument(Kind kind, DocumentText text, String by);

    /// @throws dev.leat.task.Refusal
    void removeDocument(Kind kind, String id);

    /// The questions that tasks ask people, as REST shows them, oldest first.
    List<Map<?, ?>> approvals();

    /// The question that a task asks.
    ///
    /// @throws dev.leat.task.Refusal
    Map<?, ?> approval(String run, String task);

    /// @throws dev.leat.task.Refusal
    void decide(String run, String task, Decision decision);

    /// @param keep how long it is kept where nobody waits for it yet
    /// @return how many tasks got it
    /// @throws dev.leat.task.Refusal
    int signal(String name, String key, @Nullable Object payload, Duration keep);

    /// @param by who answers; null where nobody says
    record Decision(
            boolean approved,
            Map<String, @Nullable Object> values,
            @Nullable String comment,
            @Nullable String by) {}

    /// What is known of triggers and their fires.
    TriggerHost triggers();

    List<RunLogs.Line> lastLines(String run, String task, int limit);

    void cancel(String run, String by, String why);

    /// Asks the server for what it shows there.
    ///
    /// @throws dev.leat.task.Refusal also where no server holds the data directory
    default Map<String, @Nullable Object> ask(String path) {
        throw withoutServer();
    }

    /// Has the server do something.
    ///
    /// @param by who wants it
    /// @throws dev.leat.task.Refusal also where no server holds the data directory
    default Map<String, @Nullable Object> tell(
            String path, Map<String, @Nullable Object> body, String by) {
        throw withoutServer();
    }

    /// Where the server has a path.
    ///
    /// @throws dev.leat.task.Refusal where no server holds the data directory
    default URI address(String path) {
        throw withoutServer();
    }

    /// Sends what another program would.
    ///
    /// @throws dev.leat.task.Refusal where no server holds the data directory
    default ServerConnection.Answer send(String path, Map<String, String> headers, byte[] body) {
        throw withoutServer();
    }

    private static Refusal withoutServer() {
        return new Refusal.Conflict(
                "No server holds this data directory, and runs go on in one only. Start it with 'leat serve'.");
    }

    /// @param inputs the schema of the workflow's inputs
    record Checked(String workflow, Map<String, @Nullable Object> inputs, List<Problem> problems) {}

    interface Following extends AutoCloseable {
        /// Nothing where the time was up first.
        Optional<RunEvent> next(Duration atMost) throws InterruptedException;

        @Override
        void close();
    }
}

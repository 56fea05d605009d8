package dev.leat.testing;

import dev.leat.store.Change;
import dev.leat.store.Change.RunChanged;
import dev.leat.store.Change.TaskChanged;
import dev.leat.store.Fire;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.RunLogs;
import dev.leat.store.RunState;
import dev.leat.store.SavedView;
import dev.leat.store.StoredDocument;
import dev.leat.store.TaskState;
import dev.leat.task.LogKind;
import dev.leat.task.TaskError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sets scenes: writes runs into the journal as the engine would have, at chosen times, so that
/// pages can be looked at in every state without waiting for it.
@ApplicationScoped
public class Stage {

    private final Journal journal;
    private final RunLogs logs;
    private final Ids ids;

    Stage(Journal journal, RunLogs logs, Ids ids) {
        this.journal = journal;
        this.logs = logs;
        this.ids = ids;
    }

    /// Stores a workflow's text.
    public Script workflow(String id, String name, String description, String source) {
        var revision = ids.next();
        write(
                new Change.RevisionSaved(
                        revision,
                        id,
                        1,
                        "hash-of-" + id,
                        source,
                        "JSON",
                        name,
                        description,
                        Map.of(),
                        "file:workflows/" + id + ".json",
                        null,
                        null,
                        true,
                        Instant.now().minus(Duration.ofDays(3))));
        return new Script(id, revision);
    }

    /// Stores one of the YAML texts that a workflow has had.
    public void revision(
            String id, int number, String source, @Nullable String message, Duration ago) {
        write(
                new Change.RevisionSaved(
                        ids.next(),
                        id,
                        number,
                        "hash-of-" + id + number,
                        source,
                        "YAML",
                        "Price check",
                        "Compares our prices with those of others.",
                        Map.of(),
                        "dashboard",
                        null,
                        message,
                        true,
                        Instant.now().minus(ago)));
    }

    /// A pool with places, and a task that has one of them.
    public void pool(String name, int places, long run, String task) {
        write(new Change.PoolSized(name, places, Instant.now()));
        write(new Change.PoolEntered(name, run, task));
    }

    /// Stores a calendar or a blackout as the files of the sample folder have them.
    public void document(StoredDocument.Kind kind, String id, String file) {
        try {
            var source = Files.readString(Path.of("workflows", file));
            write(
                    new Change.DocumentSaved(
                            new StoredDocument(
                                    kind, id, source, "YAML", "dashboard", null, Instant.now())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void view(String name, String path, String query) {
        write(new Change.ViewSaved(new SavedView(name, path, query, Instant.now())));
    }

    /// A line of the ledger.
    ///
    /// @param run null where none was started
    public void fire(
            String workflow,
            String trigger,
            Duration ago,
            Fire.State state,
            Fire.@Nullable Cause cause,
            @Nullable String reason,
            @Nullable Long run) {
        var due = Instant.now().minus(ago).truncatedTo(ChronoUnit.MINUTES);
        write(
                new Change.Fired(
                        new Fire(
                                ids.next(),
                                workflow,
                                trigger,
                                due.toString(),
                                due,
                                due,
                                state,
                                cause,
                                reason,
                                run,
                                null,
                                null,
                                due.plusMillis(3))));
    }

    private void write(Change change) {
        journal.write(List.of(change)).join();
    }

    /// A workflow to perform.
    public final class Script {
        private final String workflow;
        private final long revision;

        private Script(String workflow, long revision) {
            this.workflow = workflow;
            this.revision = revision;
        }

        /// Opens a run that began some time ago.
        public Play run(Duration ago, int tasks, Map<String, @Nullable Object> inputs) {
            return new Play(this, Instant.now().minus(ago), tasks, inputs);
        }
    }

    /// A run, told step by step. Times are seconds after its start.
    public final class Play {
        private final long run = ids.next();
        private final Instant start;
        private final List<Change> changes = new ArrayList<>();
        private long seq = 1;

        private Play(Script script, Instant start, int tasks, Map<String, @Nullable Object> in) {
            this.start = start;
            changes.add(
                    new Change.RunOpened(
                            run,
                            script.workflow,
                            script.revision,
                            1,
                            RunState.QUEUED,
                            null,
                            in,
                            "dashboard",
                            Map.of(),
                            null,
                            Map.of(),
                            null,
                            null,
                            tasks,
                            true,
                            false,
                            0,
                            start,
                            seq++));
            change(RunState.RUNNING, 0, null, null, null);
        }

        public Play starts(String task, int attempt, double at) {
            return task(task, TaskState.RUNNING, attempt, null, at, null, null);
        }

        public Play succeeds(String task, double from, double to, @Nullable Object output) {
            starts(task, 1, from);
            return task(task, TaskState.SUCCESS, 1, null, to, null, output);
        }

        public Play fails(String task, int attempt, double at, TaskError error) {
            return task(task, TaskState.FAILED, attempt, error.message(), at, error, null);
        }

        public Play retries(String task, int attempt, double at, String why, TaskError error) {
            return task(task, TaskState.RETRYING, attempt, why, at, error, null);
        }

        public Play ends(String task, TaskState state, double at, String why) {
            return task(task, state, 0, why, at, null, null);
        }

        public Play says(String task, int attempt, LogKind kind, String... lines) {
            try (var log = logs.open(run, task, attempt)) {
                for (var line : lines) {
                    log.append(kind, line);
                }
            }
            return this;
        }

        /// The run's end.
        public Play ends(
                RunState state,
                double at,
                @Nullable Map<String, @Nullable Object> outputs,
                Change.@Nullable RunError error) {
            change(state, at, at(at), outputs, error);
            return this;
        }

        /// Puts what was told so far on disk.
        public long told() {
            journal.write(List.copyOf(changes)).join();
            changes.clear();
            return run;
        }

        private Instant at(double seconds) {
            return start.plusMillis(Math.round(seconds * 1_000));
        }

        private void change(
                RunState state,
                double at,
                @Nullable Instant finished,
                @Nullable Map<String, @Nullable Object> outputs,
                Change.@Nullable RunError error) {
            changes.add(
                    new RunChanged(
                            run, seq++, state, null, start, finished, outputs, error, at(at)));
        }

        private Play task(
                String task,
                TaskState state,
                int attempt,
                @Nullable String reason,
                double at,
                @Nullable TaskError error,
                @Nullable Object output) {
            changes.add(
                    new TaskChanged(
                            run,
                            seq++,
                            task,
                            state,
                            attempt,
                            0,
                            reason,
                            null,
                            state == TaskState.RUNNING && attempt == 1 ? at(at) : null,
                            state.terminal() ? at(at) : null,
                            error,
                            output != null,
                            output,
                            at(at)));
            return this;
        }
    }
}

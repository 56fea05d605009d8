package dev.leat.dashboard;

import dev.leat.dashboard.GraphView.Summary;
import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TaskReport;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.Micros;
import dev.leat.store.Run;
import dev.leat.store.RunEvent;
import dev.leat.store.RunEvent.Changed;
import dev.leat.store.RunEvent.Cursor;
import dev.leat.store.RunEvent.Ended;
import dev.leat.store.RunEvent.Wrote;
import dev.leat.store.RunWatch;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Tells a run's page what changes: one stream a page, with a cursor, so that nothing is lost or
/// doubled between the page and the stream or over a broken connection.
///
/// `tasks` carries the changed tasks (the first one all of them, where they aren't too many),
/// `part` a part of the page made anew, `lines` log lines to append, `run` the run's state, and
/// `end` is the last.
@Path("/runs/{run}/live")
@RunOnVirtualThread
class RunLive {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final long MOST_CHARACTERS = 1_000_000;
    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_TASKS_AT_FIRST = 500;

    private final RunWatch watch;
    private final RunReports reports;
    private final Runs runs;
    private final Graphs graphs;
    private final Watchers watchers;
    private final DashboardConfig config;

    RunLive(
            RunWatch watch,
            RunReports reports,
            Runs runs,
            Graphs graphs,
            Watchers watchers,
            DashboardConfig config) {
        this.watch = watch;
        this.reports = reports;
        this.runs = runs;
        this.graphs = graphs;
        this.watchers = watchers;
        this.config = config;
    }

    /// @param after the cursor that the page was made at
    /// @param task whose lines the page shows; absent for all
    /// @param attempt 0 for all
    /// @param stream the kinds of lines; absent for all
    /// @param q the words that stand out
    /// @param only whether lines without them are left out
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void live(
            @RestPath String run,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String task,
            @RestQuery int attempt,
            @RestQuery @Nullable String stream,
            @RestQuery @Nullable String q,
            @RestQuery boolean only,
            @RestQuery @Nullable String time,
            @RestHeader("Last-Event-ID") @Nullable String last,
            @Context SseEventSink sink,
            @Context Sse sse) {
        var stored = reports.run(run);
        var from = cursor(last == null ? after : last);
        var lines =
                new Lines(
                        LogChoice.of(run, task, attempt, stream, q, only, time, null),
                        Micros.instant(
                                stored.startedAt == null ? stored.createdAt : stored.startedAt));
        watchers.watch(
                sink,
                sse,
                told -> {
                    try (var following = watch.follow(stored.id, from)) {
                        tell(stored, following, told, lines);
                    }
                });
    }

    private static Cursor cursor(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? Cursor.START : Cursor.parse(text);
        } catch (IllegalArgumentException _) {
            // A mangled address is no reason to show nothing.
            return Cursor.START;
        }
    }

    private void tell(Run run, RunWatch.Following following, LiveStream stream, Lines lines)
            throws InterruptedException {
        var pause = Math.max(config.updates().toMillis(), run.taskCount);
        var first = true;
        while (stream.open()) {
            var batch = new Batch();
            var event = following.next(first ? Duration.ZERO : HEARTBEAT);
            while (event.isPresent() && batch.add(event.get())) {
                event = following.next(Duration.ZERO);
            }
            if (batch.changed() || first) {
                tellStates(run.id, batch, stream, first);
            }
            lines.tell(batch, stream);
            if (batch.ended) {
                stream.send("end", batch.cursor, "");
                return;
            }
            if (batch.cursor.isEmpty()) {
                stream.send("beat", "", "");
            }
            first = false;
            Thread.sleep(pause);
        }
    }

    private void tellStates(long run, Batch batch, LiveStream stream, boolean first)
            throws InterruptedException {
        var page = runs.page(Ids.text(run));
        var tasks = page.run().tasks();
        var all = first && tasks.size() <= MOST_TASKS_AT_FIRST;
        var changed =
                tasks.stream().filter(task -> all || batch.tasks.contains(task.id())).toList();
        var patches = new ArrayList<Map<String, @Nullable Object>>();
        changed.forEach(task -> patches.add(patch(task)));
        folds(page).forEach((key, summary) -> patches.add(patch(key, summary)));
        if (!patches.isEmpty()) {
            stream.sendIfNew("tasks", "", batch.cursor, Json.write(patches));
        }
        part(stream, batch, "summary", new RunParts.summary(page).render());
        part(stream, batch, "why", new RunParts.why(page).render());
        stream.sendIfNew("run", "", batch.cursor, Json.write(state(page)));
    }

    private Map<String, Summary> folds(RunPage page) {
        var tasks = page.run().tasks().stream().map(GraphTask::of).toList();
        return graphs.folds(page.revision(), tasks, null);
    }

    private static void part(LiveStream stream, Batch batch, String name, String html)
            throws InterruptedException {
        stream.sendIfNew(
                "part", name, batch.cursor, Json.write(Map.of("name", name, "html", html)));
    }

    private static Map<String, @Nullable Object> patch(TaskReport task) {
        var mark = Mark.of(task.state());
        var patch = new LinkedHashMap<String, @Nullable Object>();
        patch.put("id", task.id());
        patch.put("css", mark.css());
        patch.put("word", mark.word());
        patch.put("took", Words.took(task.durationMillis()));
        patch.put(
                "items",
                task.facts() == null || !task.facts().hasItems() ? "" : GraphTask.of(task).took());
        patch.put("attempt", task.attempt() > 1 ? "attempt " + task.attempt() : "");
        patch.put("reason", Words.note(task));
        patch.put(
                "since",
                task.startedAt() != null && !task.state().terminal()
                        ? task.startedAt().toEpochMilli()
                        : null);
        return patch;
    }

    private static Map<String, @Nullable Object> patch(String key, Summary summary) {
        return Map.of(
                "id", key,
                "css", summary.mark().css(),
                "word", summary.mark().word(),
                "took", summary.note());
    }

    private static Map<String, @Nullable Object> state(RunPage page) {
        return Map.of(
                "word", page.mark().word(),
                "title", page.title(),
                "icon", Assets.url(page.mark().favicon()));
    }

    /// What happened between two updates.
    private static final class Batch {
        private final Set<String> tasks = new HashSet<>();
        private final List<RunEvent.Wrote> wrote = new ArrayList<>();
        private boolean run;
        private boolean ended;
        private String cursor = "";
        private int events;
        private long characters;

        /// Whether there is room for more.
        boolean add(RunEvent event) {
            cursor = event.cursor().toString();
            switch (event) {
                case Changed changed -> add(changed.transition().task);
                case Wrote line -> {
                    wrote.add(line);
                    characters += line.line().text().length();
                }
                case Ended _ -> ended = true;
            }
            return ++events < MOST_EVENTS && characters < MOST_CHARACTERS && !ended;
        }

        /// An item changes what its task shows; null where the run itself changed.
        private void add(@Nullable String task) {
            if (task == null) {
                run = true;
                return;
            }
            tasks.add(task);
            var dot = task.indexOf('.');
            if (dot > 0) {
                tasks.add(task.substring(0, dot));
            }
        }

        boolean changed() {
            return run || ended || !tasks.isEmpty();
        }
    }

    /// Which lines a page wants.
    private record Lines(LogChoice choice, Instant start) {

        void tell(Batch batch, LiveStream stream) throws InterruptedException {
            var filter = choice.shown();
            var wanted =
                    batch.wrote.stream()
                            .map(Wrote::line)
                            .filter(filter::fits)
                            .map(line -> LogLine.of(line, choice.query(), 0))
                            .toList();
            if (!wanted.isEmpty()) {
                stream.send(
                        "lines", batch.cursor, new RunParts.lines(wanted, choice, start).render());
            }
        }
    }
}

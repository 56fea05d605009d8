package dev.leat.dashboard;

import dev.leat.dashboard.LogView.Found;
import dev.leat.dashboard.LogView.Place;
import dev.leat.store.RunLogSearch;
import dev.leat.store.RunLogs;
import dev.leat.store.RunLogs.Line;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What a run's tasks have written: page by page, or as one text.
@Path("/runs/{run}")
@RunOnVirtualThread
class LogPages {

    private static final int BATCH = 2_000;
    static final List<Stream> STREAMS =
            List.of(
                    new Stream("warn,error", "Warnings and errors"),
                    new Stream("error", "Errors"),
                    new Stream("stderr", "Standard error"),
                    new Stream("stdout", "Standard output"),
                    new Stream("info,warn,error,debug", "What Leat and plugins say"));

    private final Runs runs;
    private final RunLogs logs;
    private final RunLogSearch search;

    LogPages(Runs runs, RunLogs logs, RunLogSearch search) {
        this.runs = runs;
        this.logs = logs;
        this.search = search;
    }

    /// The end of the log, unless the address says where.
    ///
    /// @param after the number of the line after which to begin
    /// @param before the number of the line before which to end
    /// @param line the number of a line that is to be on the page
    /// @param whole the number of the line that isn't clipped
    /// @param hit which of the lines that were found is looked at, from 1
    @GET
    @Path("/logs")
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page(
            @RestPath String run,
            @RestQuery @Nullable String task,
            @RestQuery int attempt,
            @RestQuery @Nullable String stream,
            @RestQuery @Nullable String q,
            @RestQuery boolean only,
            @RestQuery @Nullable String time,
            @RestQuery @Nullable String wrap,
            @RestQuery @Nullable Long after,
            @RestQuery @Nullable Long before,
            @RestQuery @Nullable Long line,
            @RestQuery long whole,
            @RestQuery @Nullable Integer hit) {
        var page = runs.page(run);
        var choice = LogChoice.of(page.run().id(), task, attempt, stream, q, only, time, wrap);
        var found =
                choice.searching()
                        ? Found.of(choice, search.hits(page.key(), choice.hits(), 0), hit, line)
                        : null;
        var wanted = line;
        if (found != null && line == null && after == null && before == null && !only
                || hit != null && found != null) {
            wanted = found.number();
        }
        var view = LogView.at(search, page, choice, new Place(after, before, wanted, whole));
        return new logs(page, view, found, written(page), attempts(page, choice), STREAMS);
    }

    /// The numbers of the chosen task's attempts; none where there is one at most.
    private static List<Integer> attempts(RunPage page, LogChoice choice) {
        return page.run().tasks().stream()
                .filter(task -> task.id().equals(choice.task()) && task.attempt() > 1)
                .flatMap(task -> IntStream.rangeClosed(1, task.attempt()).boxed())
                .toList();
    }

    private static List<String> written(RunPage page) {
        return page.run().tasks().stream()
                .filter(task -> task.attempt() > 0)
                .map(task -> task.id())
                .toList();
    }

    /// The same as plain text, always as a file: nothing in it is shown by the browser.
    @GET
    @Path("/log.txt")
    public Response raw(
            @RestPath String run, @RestQuery @Nullable String task, @RestQuery int attempt) {
        var page = runs.page(run);
        var chosen = task == null || task.isBlank() ? null : task.strip();
        var named = chosen == null ? "log" : safe(chosen) + (attempt > 0 ? "-" + attempt : "");
        StreamingOutput body = out -> write(page.key(), chosen, attempt, out);
        return Response.ok(body, MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"leat-%s-%s.txt\"".formatted(page.run().id(), named))
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    private void write(long run, @Nullable String task, int attempt, OutputStream out)
            throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        long last = 0;
        List<Line> lines;
        do {
            lines = logs.read(run, task, attempt, last, BATCH);
            for (var line : lines) {
                writer.write(line.at() + " " + line.task() + "/" + line.attempt() + " ");
                writer.write(line.kind() + " " + line.text() + "\n");
                last = line.number();
            }
        } while (RunLogs.mayHaveMore(lines, BATCH));
        writer.flush();
    }

    /// What the lines may be narrowed to.
    ///
    /// @param value as it stands in the address
    record Stream(String value, String word) {}

    /// @param found what is looked for; null for nothing
    /// @param attempts of the chosen task, where there are several
    record logs(
            RunPage page,
            LogView log,
            @Nullable Found found,
            List<String> tasks,
            List<Integer> attempts,
            List<Stream> streams)
            implements TemplateInstance {}
}

package dev.leat.dashboard;

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
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What a run's tasks have written: page by page, or as one text.
@Path("/runs/{run}")
@RunOnVirtualThread
class LogPages {

    private static final int BATCH = 2_000;

    private final Runs runs;
    private final RunLogs logs;

    LogPages(Runs runs, RunLogs logs) {
        this.runs = runs;
        this.logs = logs;
    }

    /// @param after absent for the end of the log
    @GET
    @Path("/logs")
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance page(
            @RestPath String run,
            @RestQuery @Nullable String task,
            @RestQuery int attempt,
            @RestQuery @Nullable Long after) {
        var page = runs.page(run);
        var chosen = task == null || task.isBlank() ? null : task.strip();
        var view =
                after == null
                        ? LogView.tail(logs, page, chosen, attempt, LogView.PAGE)
                        : LogView.after(logs, page, chosen, attempt, after);
        return new logs(page, view, written(page));
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
        var name = Stream.of("leat", page.run().id(), chosen == null ? "log" : safe(chosen));
        StreamingOutput body = out -> write(page.key(), chosen, attempt, out);
        return Response.ok(body, MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + String.join("-", name.toList()) + ".txt\"")
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

    record logs(RunPage page, LogView log, List<String> tasks) implements TemplateInstance {}
}

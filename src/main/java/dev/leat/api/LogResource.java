package dev.leat.api;

import dev.leat.api.RunBodies.LogLine;
import dev.leat.api.RunBodies.LogPage;
import dev.leat.engine.report.RunReports;
import dev.leat.store.Ids;
import dev.leat.store.LineFilter;
import dev.leat.store.Run;
import dev.leat.store.RunLogSearch;
import dev.leat.store.RunLogs;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/runs/{run}/logs")
@Tag(name = "Logs", description = "What tasks wrote.")
@RunOnVirtualThread
class LogResource {

    private static final int LINES = 500;
    private static final int MOST_LINES = 5_000;

    private final RunReports reports;
    private final RunLogs logs;
    private final RunLogSearch search;

    LogResource(RunReports reports, RunLogs logs, RunLogSearch search) {
        this.reports = reports;
        this.logs = logs;
        this.search = search;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @Operation(
            operationId = "getLogs",
            summary = "Lines of a run, from 1 or from the end",
            description =
                    "`next` leads on, also to lines that are still to come. With `Accept:"
                            + " text/plain` all lines come as a file.")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = LogPage.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN)
            })
    public Response get(
            String run,
            @Parameter(description = "Only this task's lines.") @QueryParam("task")
                    @Nullable String task,
            @Parameter(description = "Only this attempt's lines.") @QueryParam("attempt")
                    @Nullable String attempt,
            @Parameter(description = "Only lines with a larger number.") @QueryParam("after")
                    @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "This many lines from the end.") @QueryParam("tail")
                    @Nullable String tail,
            @Parameter(
                            description =
                                    "Only lines that have these words, as in `/api/logs/search`."
                                            + " `hits` says how many there are in all.")
                    @QueryParam("q")
                    @Nullable String q,
            @Parameter(description = "Only these streams and levels, such as `stderr,warn`.")
                    @QueryParam("stream")
                    @Nullable String stream,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        var stored = reports.run(run);
        int number = Query.number("attempt", attempt, 0, 0, Integer.MAX_VALUE);
        if (wantsFile(headers)) {
            return file(stored, task, number);
        }
        long from = Query.number("after", after, 0L, 0L, Long.MAX_VALUE);
        int size = Query.number("limit", limit, LINES, 1, MOST_LINES);
        if (q != null || stream != null) {
            var words = q == null ? null : LogSearchResource.query(q);
            var filter = new LineFilter(task, number, LogSearchResource.kinds(stream), words);
            return Response.ok(sought(stored, filter, from, size, uri)).build();
        }
        var lines =
                tail == null
                        ? logs.read(stored.id, task, number, from, size)
                        : logs.tail(
                                stored.id,
                                task,
                                number,
                                Query.number("tail", tail, LINES, 1, MOST_LINES));
        var page =
                new LogPage(
                        lines.stream().map(LogLine::of).toList(),
                        next(stored, lines, size, from, uri),
                        null,
                        null);
        return Response.ok(page, MediaType.APPLICATION_JSON_TYPE).build();
    }

    private LogPage sought(Run run, LineFilter filter, long after, int size, UriInfo uri) {
        var hits = search.hits(run.id, filter, 0);
        var lines = search.read(run.id, filter, after, size);
        var over = lines.size() < size && hits.all() && run.state.terminal();
        var last = lines.isEmpty() ? Math.max(after, hits.searchedTo()) : lines.getLast().number();
        return new LogPage(
                lines.stream().map(LogLine::of).toList(),
                over ? null : Links.with(uri, "after", last),
                hits.count(),
                hits.all() ? null : (Long) hits.searchedTo());
    }

    /// Who would take anything gets JSON.
    private static boolean wantsFile(HttpHeaders headers) {
        var best = headers.getAcceptableMediaTypes().getFirst();
        return best.isCompatible(MediaType.TEXT_PLAIN_TYPE)
                && !best.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    }

    /// None where the run has ended and these were its last lines.
    private static @Nullable String next(
            Run run, List<RunLogs.Line> lines, int size, long from, UriInfo uri) {
        if (run.state.terminal() && !RunLogs.mayHaveMore(lines, size)) {
            return null;
        }
        var last = lines.isEmpty() ? from : lines.getLast().number();
        return Links.with(uri, "after", last).replaceAll("([?&])tail=[^&]*&?", "$1");
    }

    private Response file(Run run, @Nullable String task, int attempt) {
        if (task != null) {
            reports.task(Ids.text(run.id), task);
        }
        var name = Ids.text(run.id) + (task == null ? "" : "-" + task) + ".log";
        StreamingOutput lines = out -> write(run.id, task, attempt, out);
        return Response.ok(lines)
                .type("text/plain;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .build();
    }

    private void write(long run, @Nullable String task, int attempt, OutputStream out)
            throws IOException {
        long after = 0;
        List<RunLogs.Line> lines;
        do {
            lines = logs.read(run, task, attempt, after, MOST_LINES);
            var text = new StringBuilder();
            for (var line : lines) {
                text.append(line.at()).append(' ');
                text.append(line.task()).append('#').append(line.attempt()).append(' ');
                text.append(line.kind()).append(' ').append(line.text()).append('\n');
                after = line.number();
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } while (!lines.isEmpty());
    }
}

package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.api.RunBodies.LogLine;
import dev.leat.engine.report.RunReports;
import dev.leat.store.Ids;
import dev.leat.store.LineFilter;
import dev.leat.store.LogSearch;
import dev.leat.store.LogSearch.Answer;
import dev.leat.store.LogSearch.Passage;
import dev.leat.store.LogSearch.Question;
import dev.leat.store.search.LogQuery;
import dev.leat.task.LogKind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/logs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Logs", description = "What tasks wrote.")
@RunOnVirtualThread
class LogSearchResource {

    private static final int LINES = 50;
    private static final int MOST_LINES = 500;

    private final LogSearch search;
    private final RunReports reports;

    LogSearchResource(LogSearch search, RunReports reports) {
        this.search = search;
        this.reports = reports;
    }

    @GET
    @Path("/search")
    @Operation(
            operationId = "searchLogs",
            summary = "Lines of all kept logs that have some words, newest first",
            description =
                    "A search takes a few seconds at most: `timeUp` and `searchedBackTo` say how far"
                            + " it came, and `next` goes on from there.")
    @APIResponse(responseCode = "400", description = "The question can't be understood.")
    @APIResponse(responseCode = "409", description = "The index is turned off.")
    public SearchAnswer find(
            @Parameter(
                            description =
                                    "Words that a line must all have, in any order and case:"
                                            + " `timeout \"connection refused\" ware* -retry`.",
                            required = true)
                    @QueryParam("q")
                    @Nullable String q,
            @QueryParam("workflow") @Nullable String workflow,
            @Parameter(description = "A task's id; all items of a `forEach` are of their task.")
                    @QueryParam("task")
                    @Nullable String task,
            @QueryParam("run") @Nullable String run,
            @Parameter(description = "Streams and levels, such as `stderr,warn`.")
                    @QueryParam("stream")
                    @Nullable String stream,
            @QueryParam("since") @Nullable String since,
            @QueryParam("until") @Nullable String until,
            @Parameter(description = "Where to go on; `next` has it.") @QueryParam("before")
                    @Nullable String before,
            @Parameter(description = "How many lines make a page, about.") @QueryParam("limit")
                    @Nullable String limit,
            @Context UriInfo uri) {
        var answer =
                search.find(
                        new Question(
                                query(q == null ? "" : q),
                                workflow,
                                task,
                                run == null ? 0 : reports.run(run).id,
                                kinds(stream),
                                Query.moment("since", since),
                                Query.moment("until", until),
                                Query.number("before", before, Long.MAX_VALUE, 0, Long.MAX_VALUE),
                                Query.number("limit", limit, LINES, 1, MOST_LINES)));
        return SearchAnswer.of(
                answer, answer.next() == 0 ? null : Links.with(uri, "before", answer.next()));
    }

    static LogQuery query(String text) {
        try {
            return LogQuery.parse(text);
        } catch (IllegalArgumentException e) {
            throw Query.bad("The query parameter 'q': " + e.getMessage());
        }
    }

    static Set<LogKind> kinds(@Nullable String text) {
        try {
            return LineFilter.kinds(text);
        } catch (IllegalArgumentException e) {
            throw Query.bad("The query parameter 'stream': " + e.getMessage());
        }
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LogSearchAnswer")
    record SearchAnswer(
            @Schema(description = "How many lines fit, of those in this answer.") int count,
            List<FoundLines> found,
            @Schema(description = "Whether it ends here because it took long.") boolean timeUp,
            @Schema(description = "Up to when everything was looked at; none where all was.")
                    @Nullable Instant searchedBackTo,
            @Schema(description = "How many logs have lines that can't be found yet, about.")
                    int behind,
            @Schema(description = "The address that goes on; none where there is nothing more.")
                    @Nullable String next) {

        static SearchAnswer of(Answer answer, @Nullable String next) {
            return new SearchAnswer(
                    answer.count(),
                    answer.passages().stream().map(FoundLines::of).toList(),
                    answer.timeUp(),
                    answer.back(),
                    answer.behind(),
                    next);
        }
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "FoundLines",
            description = "Lines of one attempt that fit, with those beside them.")
    record FoundLines(
            String run,
            String workflow,
            String task,
            int attempt,
            @Schema(description = "The numbers of those that fit.") List<Long> hits,
            List<LogLine> lines,
            @Schema(
                            description =
                                    "The node that has them, where this one doesn't: then its lines"
                                            + " from `first` to `last` may fit.")
                    @Nullable String node,
            @Nullable Long first,
            @Nullable Long last) {

        static FoundLines of(Passage passage) {
            var away = passage.node() != null;
            return new FoundLines(
                    Ids.text(passage.run()),
                    passage.workflow(),
                    passage.task(),
                    passage.attempt(),
                    List.copyOf(passage.hits()),
                    passage.lines().stream().map(LogLine::of).toList(),
                    passage.node(),
                    away ? (Long) passage.first() : null,
                    away ? (Long) passage.last() : null);
        }
    }
}

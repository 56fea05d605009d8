package dev.leat.dashboard;

import dev.leat.store.Ids;
import dev.leat.store.LineFilter;
import dev.leat.store.LogSearch;
import dev.leat.store.LogSearch.Answer;
import dev.leat.store.LogSearch.Passage;
import dev.leat.store.LogSearch.Question;
import dev.leat.store.WorkflowStore;
import dev.leat.store.search.LogQuery;
import dev.leat.task.Instants;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Looks for words in the logs of all runs.
@Path("/logs")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class LogSearchPages {

    private static final int LINES = 50;

    private final LogSearch search;
    private final WorkflowStore workflows;
    private final InstantSource clock;

    LogSearchPages(LogSearch search, WorkflowStore workflows, InstantSource clock) {
        this.search = search;
        this.workflows = workflows;
        this.clock = clock;
    }

    /// @param before where to go on; absent for the newest lines
    @GET
    public TemplateInstance get(
            @RestQuery @Nullable String q,
            @RestQuery @Nullable String workflow,
            @RestQuery @Nullable String task,
            @RestQuery @Nullable String stream,
            @RestQuery @Nullable String since,
            @RestQuery @Nullable String until,
            @RestQuery @Nullable Long before) {
        var form =
                new Form(
                        text(q),
                        text(workflow),
                        text(task),
                        text(stream),
                        text(since),
                        text(until));
        Answer answer = null;
        LogQuery query = null;
        var problem = "";
        if (!form.q.isEmpty()) {
            try {
                query = LogQuery.parse(form.q);
                answer = search.find(form.question(query, before));
            } catch (IllegalArgumentException | Refusal.Conflict | Refusal.Unavailable e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        return new search(
                form,
                problem,
                answer,
                answer == null || query == null ? List.of() : hits(answer, query),
                before != null,
                search.enabled(),
                workflows.current().stream().map(head -> head.id).toList(),
                LogPages.STREAMS,
                clock.instant());
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    private static List<Hits> hits(Answer answer, LogQuery query) {
        var hits = new ArrayList<Hits>();
        for (var passage : answer.passages()) {
            var last = hits.isEmpty() ? null : hits.getLast();
            if (last == null || !last.goesOnWith(passage)) {
                last = Hits.of(passage, query);
                hits.add(last);
            }
            last.passages.add(lines(passage, query));
        }
        return hits;
    }

    private static List<LogLine> lines(Passage passage, LogQuery query) {
        return passage.lines().stream()
                .map(
                        line ->
                                LogLine.found(
                                        line,
                                        passage.hits().contains(line.number()) ? query : null))
                .toList();
    }

    /// What was typed.
    record Form(String q, String workflow, String task, String stream, String since, String until) {

        private Question question(LogQuery query, @Nullable Long before) {
            return new Question(
                    query,
                    workflow.isEmpty() ? null : workflow,
                    task.isEmpty() ? null : task,
                    0,
                    LineFilter.kinds(stream),
                    moment(since),
                    moment(until),
                    before == null ? Long.MAX_VALUE : before,
                    LINES);
        }

        private static @Nullable Instant moment(String text) {
            return text.isEmpty() ? null : Instants.parse(text);
        }

        /// Whether something besides the words was chosen.
        public boolean filtered() {
            return !(workflow + task + stream + since + until).isEmpty();
        }

        public String first() {
            return address("");
        }

        public String older(long before) {
            return address(String.valueOf(before));
        }

        private String address(String before) {
            return Address.of("/logs")
                    .with("q", q)
                    .with("workflow", workflow)
                    .with("task", task)
                    .with("stream", stream)
                    .with("since", since)
                    .with("until", until)
                    .with("before", before)
                    .toString();
        }
    }

    /// What was found in the log of one attempt.
    ///
    /// @param choice the addresses of its lines
    /// @param node who has the lines, where this node doesn't; empty for here
    /// @param first of the lines that may fit, where another node has them
    record Hits(
            LogChoice choice,
            String workflow,
            Instant at,
            String node,
            long first,
            long last,
            List<List<LogLine>> passages) {

        private static Hits of(Passage passage, LogQuery query) {
            return new Hits(
                    LogChoice.of(
                            Ids.text(passage.run()),
                            passage.task(),
                            passage.attempt(),
                            null,
                            query.text(),
                            false,
                            null,
                            null),
                    passage.workflow(),
                    passage.lines().isEmpty()
                            ? Ids.at(passage.run())
                            : passage.lines().getFirst().at(),
                    passage.node() == null ? "" : passage.node(),
                    passage.first(),
                    passage.last(),
                    new ArrayList<>());
        }

        private boolean goesOnWith(Passage passage) {
            return choice.run().equals(Ids.text(passage.run()))
                    && choice.task().equals(passage.task())
                    && choice.attempt() == passage.attempt()
                    && node.isEmpty()
                    && passage.node() == null;
        }

        /// A line in its run's log.
        public String line(long number) {
            return LogChoice.of(choice.run(), null, 0, null, choice.q(), false, null, null)
                    .line(number);
        }
    }

    /// @param problem why nothing is looked for; empty where nothing is wrong
    /// @param answer null where nothing was looked for
    /// @param later whether there are newer lines
    record search(
            Form form,
            String problem,
            @Nullable Answer answer,
            List<Hits> hits,
            boolean later,
            boolean enabled,
            List<String> workflows,
            List<LogPages.Stream> streams,
            Instant now)
            implements TemplateInstance {}
}

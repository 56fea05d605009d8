package dev.leat.dashboard;

import dev.leat.dashboard.WorkflowQuery.Show;
import dev.leat.dashboard.WorkflowQuery.Sort;
import dev.leat.engine.report.TriggerStandings;
import dev.leat.engine.report.TriggerStandings.Standing;
import dev.leat.store.Json;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowHistory;
import dev.leat.store.WorkflowHistory.Glance;
import dev.leat.store.WorkflowHistory.LastChange;
import dev.leat.store.WorkflowStore;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The workflows: how each does, when it runs next, what was changed last. What is asked of the
/// database are four questions, however many there are.
@Path("/workflows")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class WorkflowListPages {

    private static final int PAGE = 40;

    private final WorkflowStore workflows;
    private final WorkflowHistory history;
    private final TriggerStandings standings;
    private final InstantSource clock;

    WorkflowListPages(
            WorkflowStore workflows,
            WorkflowHistory history,
            TriggerStandings standings,
            InstantSource clock) {
        this.workflows = workflows;
        this.history = history;
        this.standings = standings;
        this.clock = clock;
    }

    @GET
    public TemplateInstance list(
            @RestQuery @Nullable String q,
            @RestQuery @Nullable String show,
            @RestQuery @Nullable String namespace,
            @RestQuery @Nullable String label,
            @RestQuery @Nullable String sort,
            @RestQuery int page) {
        var query = WorkflowQuery.of(q, show, namespace, label, sort, page);
        var sought = Sought.of(query.words());
        var known = workflows.current();
        var all = query.asksForRuns() ? history.latestOfAll(Strip.LENGTH) : null;
        var found =
                known.stream()
                        .filter(head -> isOf(head, query, sought))
                        .map(head -> new Candidate(head, all, standings))
                        .filter(each -> shows(each, query.show()))
                        .sorted(order(query.sort()))
                        .toList();
        var from = Math.min((query.page() - 1) * PAGE, found.size());
        var shown = found.subList(from, Math.min(from + PAGE, found.size()));
        return new list(
                rows(shown, all),
                query,
                found.size(),
                from + PAGE < found.size(),
                known.size(),
                known.stream().map(head -> head.namespace).distinct().sorted().toList(),
                List.of(Show.values()),
                List.of(Sort.values()),
                clock.instant());
    }

    private static boolean isOf(WorkflowHead head, WorkflowQuery query, Sought sought) {
        return sought.in(head.id, head.name, head.description)
                && (query.namespace().isEmpty() || within(head.namespace, query.namespace()))
                && (query.label().isEmpty()
                        || labels(head).entrySet().stream()
                                .anyMatch(entry -> is(entry, query.label())));
    }

    /// `shop` is within itself, and so is `shop.web`.
    private static boolean within(String namespace, String wanted) {
        return namespace.equals(wanted) || namespace.startsWith(wanted + ".");
    }

    private static boolean is(Map.Entry<String, String> label, String wanted) {
        return label.getKey().equals(wanted)
                || (label.getKey() + "=" + label.getValue()).equals(wanted);
    }

    private static Map<String, String> labels(WorkflowHead head) {
        var labels = new LinkedHashMap<String, String>();
        if (head.labels.length() > 2) {
            Json.readObject(head.labels)
                    .forEach((name, value) -> labels.put(name, String.valueOf(value)));
        }
        return labels;
    }

    private static boolean shows(Candidate each, Show show) {
        return switch (show) {
            case ALL -> true;
            case FAILING -> each.figures.failing();
            case RUNNING -> each.figures.running() > 0;
            case PAUSED -> !each.standing().paused().isEmpty();
            case NEVER -> !each.figures.any();
        };
    }

    /// What has nothing to go by comes last.
    private static Comparator<Candidate> order(Sort sort) {
        return switch (sort) {
            case NAME ->
                    Comparator.comparing(
                            (Candidate each) -> name(each.head), Comparator.naturalOrder());
            case LAST -> last(each -> each.figures.lastAt(), Comparator.reverseOrder());
            case SUCCESS -> last(each -> each.figures.success(), Comparator.naturalOrder());
            case DURATION -> last(each -> each.figures.slow(), Comparator.reverseOrder());
            case NEXT -> last(each -> each.standing().next(), Comparator.naturalOrder());
        };
    }

    private static <T> Comparator<Candidate> last(
            Function<Candidate, @Nullable T> key, Comparator<? super T> order) {
        return Comparator.comparing(key, Comparator.nullsLast(order));
    }

    private List<Row> rows(List<Candidate> shown, @Nullable Map<String, List<Glance>> all) {
        var ids = shown.stream().map(each -> each.head.id).toList();
        var latest = all == null ? history.latest(ids, Strip.LENGTH) : all;
        var changes = history.lastChanges(ids);
        return shown.stream()
                .map(
                        each ->
                                Row.of(
                                        each,
                                        latest.getOrDefault(each.head.id, List.of()),
                                        changes.get(each.head.id)))
                .toList();
    }

    private static String name(WorkflowHead head) {
        return head.name.isEmpty() ? head.id : head.name;
    }

    /// A workflow that may be shown.
    private static final class Candidate {
        private final WorkflowHead head;
        private final Figures figures;
        private final TriggerStandings standings;
        private @Nullable Standing standing;

        Candidate(
                WorkflowHead head,
                @Nullable Map<String, List<Glance>> runs,
                TriggerStandings standings) {
            this.head = head;
            this.standings = standings;
            this.figures =
                    runs == null ? Figures.NONE : Figures.of(runs.getOrDefault(head.id, List.of()));
        }

        Standing standing() {
            var known = standing;
            if (known == null) {
                known = standings.of(head.id);
                standing = known;
            }
            return known;
        }
    }

    /// @param changed null where nobody knows any more
    record Row(
            String id,
            String name,
            String description,
            Map<String, String> labels,
            Strip strip,
            Figures figures,
            Standing standing,
            @Nullable LastChange change,
            @Nullable Instant changedAt) {

        static Row of(Candidate each, List<Glance> runs, @Nullable LastChange change) {
            return new Row(
                    each.head.id,
                    WorkflowListPages.name(each.head),
                    each.head.description,
                    WorkflowListPages.labels(each.head),
                    Strip.ofGlances(runs),
                    Figures.of(runs),
                    each.standing(),
                    change,
                    change == null ? null : Instant.EPOCH.plus(change.at(), ChronoUnit.MICROS));
        }
    }

    /// @param found how many fit
    /// @param more whether there is a page after this one
    /// @param known how many there are
    record list(
            List<Row> workflows,
            WorkflowQuery query,
            int found,
            boolean more,
            int known,
            List<String> namespaces,
            List<Show> shows,
            List<Sort> sorts,
            Instant now)
            implements TemplateInstance {}
}

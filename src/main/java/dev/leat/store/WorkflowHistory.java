package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What lists of workflows and a workflow's own pages ask of its runs: few questions, however many
/// workflows and runs there are. Reads only.
@ApplicationScoped
public class WorkflowHistory {

    /// From a workflow's newest run to the next one, each found by its key: a question that names a
    /// row number would read every run there is.
    private static final String STEPS =
            """
            with recursive step(workflow, id, number) as (
                select w.id, (select max(r.id) from run r where r.workflow = w.id), 1
                    from workflow w where %s
                union all
                select s.workflow,
                    (select max(r.id) from run r where r.workflow = s.workflow and r.id < s.id),
                    s.number + 1
                    from step s where s.id is not null and s.number < ?)
            """;

    private static final String STARTABLE = "w.deleted = 0 and w.revision is not null";

    private final Reads reads;
    private final LatestRuns latest = new LatestRuns();
    private final DailyCounts days = new DailyCounts();
    private final InstantSource clock;

    WorkflowHistory(Reads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /// A run as a figure: how it stands, the number of its revision, and its times in microseconds
    /// since 1970.
    public record Glance(
            long id,
            RunState state,
            int revision,
            long createdAt,
            @Nullable Long startedAt,
            @Nullable Long finishedAt) {

        public static Glance of(ListedRun run) {
            return new Glance(
                    run.id,
                    run.state,
                    run.revisionNumber,
                    run.createdAt,
                    run.startedAt,
                    run.finishedAt);
        }
    }

    /// What was saved last of a workflow.
    ///
    /// @param origin `api`, `dashboard`, `cli`, or `file:<path>`
    public record LastChange(int revision, String origin, @Nullable String author, long at) {}

    /// How many runs were opened on a day in UTC, and how many of them failed or ran out of time.
    public record Day(LocalDate date, int runs, int failed) {}

    /// The latest runs of each of these workflows, newest first; those without any are left out.
    public Map<String, List<Glance>> latest(Collection<String> workflows, int limit) {
        if (workflows.isEmpty()) {
            return Map.of();
        }
        var which = "w.id in " + places(workflows.size());
        return reads.together(link -> latest.of(link, which, new ArrayList<>(workflows), limit));
    }

    /// The same of all workflows that can be started.
    public Map<String, List<Glance>> latestOfAll(int limit) {
        return reads.together(link -> latest.of(link, STARTABLE, List.of(), limit));
    }

    /// Of each of these workflows, what was saved last.
    public Map<String, LastChange> lastChanges(Collection<String> workflows) {
        if (workflows.isEmpty()) {
            return Map.of();
        }
        var changes = new HashMap<String, LastChange>();
        reads.list(
                """
                select v.workflow, v.number, v.origin, v.author, v.created_at
                from workflow w join revision v on v.id = w.revision where w.id in """
                        + " "
                        + places(workflows.size()),
                row ->
                        changes.put(
                                row.text(),
                                new LastChange(
                                        row.integer(), row.text(), row.textOrNull(), row.number())),
                workflows.toArray());
        return changes;
    }

    /// How these runs stand.
    public Map<Long, RunState> runStates(Collection<Long> runs) {
        var states = new HashMap<Long, RunState>();
        if (!runs.isEmpty()) {
            reads.list(
                    "select id, state from run where id in " + places(runs.size()),
                    row -> states.put(row.number(), RunState.valueOf(row.text())),
                    runs.toArray());
        }
        return states;
    }

    /// Where tasks of several runs are now, by run and task; those that are pending are left out.
    public Map<Long, Map<String, TaskState>> states(
            Collection<Long> runs, Collection<String> tasks) {
        if (runs.isEmpty() || tasks.isEmpty()) {
            return Map.of();
        }
        var parameters = new ArrayList<Object>(runs);
        parameters.addAll(tasks);
        return states(
                "t.run in %s and t.task in %s".formatted(places(runs.size()), places(tasks.size())),
                parameters);
    }

    /// The same for all tasks of the runs, but for the items of a `forEach`.
    public Map<Long, Map<String, TaskState>> states(Collection<Long> runs) {
        return runs.isEmpty()
                ? Map.of()
                : states(
                        "t.run in %s and t.task not like '%%.%%'".formatted(places(runs.size())),
                        new ArrayList<>(runs));
    }

    private Map<Long, Map<String, TaskState>> states(String which, List<Object> parameters) {
        var states = new HashMap<Long, Map<String, TaskState>>();
        reads.list(
                "select t.run, t.task, t.state from task_run t where " + which,
                row ->
                        states.computeIfAbsent(row.number(), _ -> new HashMap<>())
                                .put(row.text(), TaskState.valueOf(row.text())),
                parameters.toArray());
        return states;
    }

    /// The days from one until today, oldest first, each counted.
    public List<Day> days(String workflow, LocalDate from) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return reads.together(link -> days.of(link, workflow, from, today));
    }

    /// The beginning of a question about the latest runs of workflows: `step` has their ids. Its
    /// last parameter is how many of each.
    ///
    /// @param which a condition on the workflows `w`
    static String steps(String which) {
        return STEPS.formatted(which);
    }

    static String places(int number) {
        return "(" + String.join(", ", Collections.nCopies(number, "?")) + ")";
    }
}

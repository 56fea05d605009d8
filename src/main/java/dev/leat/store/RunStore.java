package dev.leat.store;

import dev.leat.store.Reads.Link;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What happened, for those who ask. Reads only: the [Journal] writes.
///
/// Any thread may ask. Each answer is as of the moment of the question, in objects of the asker's
/// own.
@ApplicationScoped
public class RunStore {

    private static final String RUN = "select " + Run.COLUMNS + " from run r ";
    private static final String LISTED = "select " + ListedRun.COLUMNS + " from run r ";
    private static final String TASK = "select " + TaskRun.COLUMNS + " from task_run t ";
    private static final String TRANSITION = "select " + Transition.COLUMNS + " from transition t ";

    /// Transitions of a large run come in parts, so that none of them keeps a connection long.
    private static final int PART = 5_000;

    /// What is left is told the next time.
    private static final int MOST_CANCELLED = 1_000;

    private final Reads reads;
    private final RunCounts counts;
    private final @Nullable FreshHistories fresh;

    /// For those who only read.
    RunStore(Reads reads) {
        this(reads, null);
    }

    @Inject
    RunStore(Reads reads, @Nullable FreshHistories fresh) {
        this.reads = reads;
        this.fresh = fresh;
        this.counts = new RunCounts(reads);
    }

    public Optional<Run> run(long id) {
        return reads.first(RUN + "where r.id = ?", Run::new, id);
    }

    /// Its state alone; nothing where there is no such run.
    public Optional<RunState> state(long id) {
        return reads.first(
                "select state from run where id = ?", row -> RunState.valueOf(row.text()), id);
    }

    /// The number of the revision that the first run of a workflow is of which a run has started;
    /// nothing where it has started none.
    public Optional<Integer> revisionOfChild(long parent, String startedBy, String workflow) {
        return reads.first(
                """
                select revision_number from run
                where workflow = ? and id > ? and trigger_kind = 'subflow' and started_by = ?
                order by id limit 1""",
                Columns::integer,
                workflow,
                parent,
                startedBy);
    }

    /// The run with all its tasks and transitions, asked for in one go.
    public Optional<RunHistory> history(long id) {
        var known = fresh == null ? Optional.<RunHistory>empty() : fresh.of(id);
        return known.isPresent() ? known : stored(id);
    }

    /// [#history] as the database has it.
    Optional<RunHistory> stored(long id) {
        return reads.together(
                link -> {
                    var run = link.first(RUN + "where r.id = ?", Run::new, id);
                    return run.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new RunHistory(
                                            run.get(), tasks(link, id), allTransitions(link, id)));
                });
    }

    /// Newest first, by key and never by offset.
    ///
    /// @param before only runs with a smaller id; `Long.MAX_VALUE` for the first page
    public List<ListedRun> latest(Filter filter, long before, int limit) {
        return reads.together(link -> latest(link, filter, before, limit));
    }

    private static List<ListedRun> latest(Link link, Filter filter, long before, int limit)
            throws SQLException {
        var question = RunQuestion.of(filter, before);
        return link.list(
                LISTED + "where " + question.conditions() + " order by r.id desc limit ?",
                ListedRun::new,
                question.parametersAnd(limit));
    }

    /// The latest whose ids are in a range, newest first.
    public List<ListedRun> within(Ids.Range ids, int limit) {
        return reads.list(
                LISTED + "where r.id between ? and ? order by r.id desc limit ?",
                ListedRun::new,
                ids.first(),
                ids.last(),
                limit);
    }

    /// The latest of one workflow, newest first.
    public List<ListedRun> latestOf(String workflow, int limit) {
        return latest(new Filter(workflow, null, null, null, null), Long.MAX_VALUE, limit);
    }

    /// How many runs haven't ended, waiting ones included; counts no further than asked.
    public long unfinished(long atMost) {
        return count("state in " + RunQuestion.UNFINISHED, atMost);
    }

    /// How many runs are in that state; counts no further than asked.
    public long inState(RunState state, long atMost) {
        return count("state = '" + state + "'", atMost);
    }

    /// How many runs wait for a node; counts no further than twice what is asked. In two parts, as
    /// each has its index.
    public long waiting(long atMost) {
        return count("state = 'QUEUED' and owner is null and limited = 0", atMost)
                + count("state = 'QUEUED' and owner is null and limited = 1", atMost);
    }

    private long count(String which, long atMost) {
        return reads.first(
                        "select count(*) from (select 1 as one from run where %s limit ?) as found"
                                .formatted(which),
                        Columns::number,
                        atMost)
                .orElse(0L);
    }

    /// Whether runs wait for a node to have room.
    public boolean isLine() {
        return !inLine(1).isEmpty();
    }

    /// Runs in line that nobody carries and no limit of their workflow holds back, in their order.
    List<Long> inLine(int limit) {
        return ids(
                """
                state = 'QUEUED' and owner is null and limited = 0
                order by priority desc, id limit ?""",
                limit);
    }

    /// Runs that were under way and that nobody carries, oldest first.
    List<Long> orphaned(int limit) {
        return ids("state in ('RUNNING', 'PAUSED') and owner is null order by id limit ?", limit);
    }

    /// Those of them that another run has started.
    List<Long> orphanedChildren(int limit) {
        return ids(
                """
                trigger_kind = 'subflow' and state in ('RUNNING', 'PAUSED') and owner is null
                order by id limit ?""",
                limit);
    }

    /// Runs of a limited workflow that are under way, whoever carries them or is to.
    public List<Long> active(String workflow, int limit) {
        return ids(
                """
                workflow = ? and limited = 1 and state in ('QUEUED', 'RUNNING', 'PAUSED')
                    and (state <> 'QUEUED' or owner is not null)
                order by id limit ?""",
                workflow,
                limit);
    }

    /// Runs of a limited workflow that wait, in their order.
    public List<Long> line(String workflow, int limit) {
        return ids(
                """
                workflow = ? and limited = 1 and state = 'QUEUED' and owner is null
                order by priority desc, id limit ?""",
                workflow,
                limit);
    }

    /// Those of them that another run has started.
    public List<Long> childrenInLine(String workflow, int limit) {
        return ids(
                """
                workflow = ? and trigger_kind = 'subflow' and limited = 1 and state = 'QUEUED'
                    and owner is null order by priority desc, id limit ?""",
                workflow,
                limit);
    }

    /// The limited workflows that have some of those waiting.
    public List<String> linesWithChildren() {
        return reads.list(
                """
                select distinct workflow from run
                where trigger_kind = 'subflow' and limited = 1 and state = 'QUEUED'
                    and owner is null""",
                Columns::text);
    }

    /// The limited workflows that have runs waiting. Jumps from one to the next, however many wait.
    public List<String> lines() {
        return reads.list(
                """
                with recursive line(workflow) as (
                    select min(workflow) from run
                        where limited = 1 and state = 'QUEUED' and owner is null
                    union all
                    select (select min(run.workflow) from run
                        where run.workflow > line.workflow and limited = 1
                            and state = 'QUEUED' and owner is null)
                    from line where line.workflow is not null)
                select workflow from line where workflow is not null""",
                Columns::text);
    }

    /// Unfinished runs of a node, oldest first, by key and never by offset.
    ///
    /// @param after only runs with a larger id; 0 for the first page
    public List<ListedRun> carriedBy(long node, long after, int limit) {
        return reads.list(
                LISTED
                        + """
                          where r.owner = ? and r.state in ('QUEUED', 'RUNNING', 'PAUSED') and r.id > ?
                          order by r.id limit ?""",
                ListedRun::new,
                node,
                after,
                limit);
    }

    /// Runs whose end was asked for and that haven't ended, of a node.
    public List<Long> toCancel(long node) {
        return ids(
                """
                state in ('QUEUED', 'RUNNING', 'PAUSED') and cancel_requested_at is not null
                    and owner = ?
                order by id limit ?""",
                node,
                MOST_CANCELLED);
    }

    /// Runs that were made from this one, oldest first.
    public List<Long> rerunsOf(long run, int limit) {
        return ids("rerun_of = ? and rerun_of is not null order by id limit ?", run, limit);
    }

    private List<Long> ids(String which, Object... parameters) {
        return reads.list("select id from run where " + which, Columns::number, parameters);
    }

    public Optional<Run> withIdempotencyKey(String workflow, String key) {
        return reads.first(
                RUN + "where r.workflow = ? and r.idempotency_key = ?", Run::new, workflow, key);
    }

    /// How many of the runs that were opened since then are in each state. States without any are
    /// left out.
    public Map<RunState, Long> countsSince(Instant since) {
        return counts.since(since);
    }

    /// The runs that were opened in each of the last half hours, by state, oldest first.
    public List<HalfHour> lately(Instant now, int halfHours) {
        return counts.lately(now, halfHours);
    }

    /// @param opened states without any are left out
    public record HalfHour(Instant begin, Map<RunState, Long> opened) {}

    /// The tasks that have left PENDING, in no particular order.
    public List<TaskRun> tasks(long run) {
        return reads.together(link -> tasks(link, run));
    }

    private static List<TaskRun> tasks(Link link, long run) throws SQLException {
        return link.list(TASK + "where t.run = ?", TaskRun::new, run);
    }

    public Optional<TaskRun> task(long run, String task) {
        return reads.first(TASK + "where t.run = ? and t.task = ?", TaskRun::new, run, task);
    }

    /// Transitions with a number above `after`, in order.
    public List<Transition> transitions(long run, long after, int limit) {
        return reads.together(link -> transitions(link, run, after, limit));
    }

    private static List<Transition> transitions(Link link, long run, long after, int limit)
            throws SQLException {
        return link.list(
                TRANSITION + "where t.run = ? and t.seq > ? order by t.seq limit ?",
                Transition::new,
                run,
                after,
                limit);
    }

    private static List<Transition> allTransitions(Link link, long run) throws SQLException {
        var all = transitions(link, run, 0, PART);
        while (all.size() % PART == 0 && !all.isEmpty()) {
            var more = transitions(link, run, all.getLast().seq, PART);
            if (more.isEmpty()) {
                break;
            }
            all.addAll(more);
        }
        return all;
    }

    /// Those of one task, in order.
    public List<Transition> transitions(long run, String task) {
        return reads.list(
                TRANSITION + "where t.run = ? and t.task = ? order by t.seq",
                Transition::new,
                run,
                task);
    }

    /// The output as JSON text, where the task has one.
    public Optional<String> output(long run, String task) {
        return reads.first(
                "select json from task_output where run = ? and task = ?",
                Columns::text,
                run,
                task);
    }

    /// The outputs of all tasks as JSON text, by task.
    public Map<String, String> outputs(long run) {
        var outputs = new HashMap<String, String>();
        reads.list(
                "select task, json from task_output where run = ?",
                row -> outputs.put(row.text(), row.text()),
                run);
        return outputs;
    }

    /// How many tasks of each state; those without a row are counted as PENDING.
    public Map<TaskState, Integer> taskCounts(long run) {
        return taskCounts(List.of(run)).getOrDefault(run, Map.of());
    }

    /// The same for several runs at once, by run. Runs that don't exist are left out.
    public Map<Long, Map<TaskState, Integer>> taskCounts(List<Long> runs) {
        return runs.isEmpty() ? Map.of() : reads.together(link -> TaskCounts.of(link, runs));
    }

    /// Each part null for any.
    ///
    /// @param labels all of which a run must have
    /// @param revision the number of the one it is of
    public record Filter(
            @Nullable String workflow,
            @Nullable RunState state,
            @Nullable String trigger,
            @Nullable Instant since,
            @Nullable Instant until,
            Map<String, String> labels,
            @Nullable Integer revision) {
        public static final Filter ANY = new Filter(null, null, null, null, null);

        private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

        public Filter(
                @Nullable String workflow,
                @Nullable RunState state,
                @Nullable String trigger,
                @Nullable Instant since,
                @Nullable Instant until) {
            this(workflow, state, trigger, since, until, Map.of());
        }

        public Filter(
                @Nullable String workflow,
                @Nullable RunState state,
                @Nullable String trigger,
                @Nullable Instant since,
                @Nullable Instant until,
                Map<String, String> labels) {
            this(workflow, state, trigger, since, until, labels, null);
        }

        public Filter ofRevision(@Nullable Integer number) {
            return new Filter(workflow, state, trigger, since, until, labels, number);
        }

        /// Whether every run fits.
        public boolean isAny() {
            return equals(ANY);
        }

        public Filter {
            labels = Map.copyOf(labels);
            since = within(since);
            until = within(until);
        }

        /// Moments that no column can hold mean the same as the last one that it can.
        private static @Nullable Instant within(@Nullable Instant moment) {
            if (moment == null || moment.isAfter(Instant.EPOCH) && moment.isBefore(LAST)) {
                return moment;
            }
            return moment.isBefore(LAST) ? Instant.EPOCH : LAST;
        }
    }
}

package dev.leat.store;

import static java.util.stream.Collectors.toMap;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What happened, for those who ask. Reads only: the [Journal] writes.
///
/// Any thread may ask. Each answer is as of the moment of the question, in objects of the asker's
/// own; that is why each question is a transaction of its own.
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class RunStore implements PanacheRepositoryBase<Run, Long> {

    /// Ids may run ahead of the clock: when it was set back, or for a burst.
    private static final Duration AHEAD = Duration.ofHours(1);

    public Optional<Run> run(long id) {
        return findByIdOptional(id);
    }

    /// Newest first, by key and never by offset.
    ///
    /// @param before only runs with a smaller id; `Long.MAX_VALUE` for the first page
    public List<Run> latest(Filter filter, long before, int limit) {
        var conditions = new ArrayList<String>(List.of("id < :before"));
        var parameters = Parameters.with("before", before);
        if (filter.workflow != null) {
            conditions.add("workflow = :workflow");
            parameters.and("workflow", filter.workflow);
        }
        if (filter.state != null) {
            conditions.add("state = :state");
            parameters.and("state", filter.state);
        }
        if (filter.trigger != null) {
            conditions.add("trigger = :trigger");
            parameters.and("trigger", filter.trigger);
        }
        if (filter.since != null) {
            conditions.add("id >= :first and createdAt >= :since");
            parameters
                    .and("first", Ids.firstAt(filter.since))
                    .and("since", Micros.of(filter.since));
        }
        if (filter.until != null) {
            conditions.add("id < :end and createdAt < :until");
            parameters
                    .and("end", Ids.firstAt(filter.until.plus(AHEAD)))
                    .and("until", Micros.of(filter.until));
        }
        return find(String.join(" and ", conditions), Sort.descending("id"), parameters)
                .page(0, limit)
                .list();
    }

    /// The latest of one workflow, newest first.
    public List<Run> latestOf(String workflow, int limit) {
        return find("workflow", Sort.descending("id"), workflow).page(0, limit).list();
    }

    /// How many runs haven't ended, waiting ones included; counts no further than asked.
    public long unfinished(long atMost) {
        return ((Number)
                        getEntityManager()
                                .createNativeQuery(
                                        """
                                        select count(*) from (select 1 as one from run
                                        where state in ('QUEUED', 'RUNNING', 'PAUSED') limit :most) as open""")
                                .setParameter("most", atMost)
                                .getSingleResult())
                .longValue();
    }

    /// How many runs wait for a node; counts no further than asked.
    public long waiting(long atMost) {
        return ((Number)
                        getEntityManager()
                                .createNativeQuery(
                                        """
                                        select count(*) from (select 1 as one from run
                                        where state = 'QUEUED' and owner is null limit :most) as waiting""")
                                .setParameter("most", atMost)
                                .getSingleResult())
                .longValue();
    }

    /// Whether runs wait for a node to have room.
    public boolean isLine() {
        return !inLine(1).isEmpty();
    }

    /// Runs in line that nobody carries and no limit of their workflow holds back, in their order.
    List<Long> inLine(int limit) {
        return ids(
                """
                select id from run where state = 'QUEUED' and owner is null and limited = 0
                order by priority desc, id""",
                limit);
    }

    /// Runs that were under way and that nobody carries, oldest first.
    List<Long> orphaned(int limit) {
        return ids(
                """
                select id from run where state in ('RUNNING', 'PAUSED') and owner is null
                order by id""",
                limit);
    }

    /// Runs of a limited workflow that are under way, whoever carries them or is to.
    public List<Long> active(String workflow, int limit) {
        return ids(
                """
                select id from run where workflow = :workflow and limited = 1
                    and (state in ('RUNNING', 'PAUSED') or state = 'QUEUED' and owner is not null)
                order by id""",
                limit,
                "workflow",
                workflow);
    }

    /// Runs of a limited workflow that wait, in their order.
    public List<Long> line(String workflow, int limit) {
        return ids(
                """
                select id from run where workflow = :workflow and limited = 1 and state = 'QUEUED'
                    and owner is null
                order by priority desc, id""",
                limit,
                "workflow",
                workflow);
    }

    /// The limited workflows that have runs waiting. Jumps from one to the next, however many wait.
    @SuppressWarnings("unchecked")
    public List<String> lines() {
        return (List<String>)
                getEntityManager()
                        .createNativeQuery(
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
                                String.class)
                        .getResultList();
    }

    /// Runs whose end was asked for and that haven't ended, of a node.
    public List<Long> toCancel(long node) {
        return ids(
                """
                select id from run where state in ('QUEUED', 'RUNNING', 'PAUSED')
                    and cancel_requested_at is not null and owner = :node
                order by id""",
                1_000,
                "node",
                node);
    }

    private List<Long> ids(String sql, int limit) {
        return ids(getEntityManager().createNativeQuery(sql), limit);
    }

    private List<Long> ids(String sql, int limit, String parameter, Object value) {
        return ids(getEntityManager().createNativeQuery(sql).setParameter(parameter, value), limit);
    }

    private static List<Long> ids(Query query, int limit) {
        return ((List<?>) query.setMaxResults(limit).getResultList())
                .stream().map(id -> ((Number) id).longValue()).toList();
    }

    public Optional<Run> withIdempotencyKey(String workflow, String key) {
        return find("workflow = ?1 and idempotencyKey = ?2", workflow, key).firstResultOptional();
    }

    /// How many of the runs that were opened since then are in each state. States without any are
    /// left out.
    public Map<RunState, Long> countsSince(Instant since) {
        var counts = new EnumMap<RunState, Long>(RunState.class);
        // State by state, as the index on state and id then answers without the rows.
        for (var state : RunState.values()) {
            var count = count("state = ?1 and id >= ?2", state, Ids.firstAt(since));
            if (count > 0) {
                counts.put(state, count);
            }
        }
        return counts;
    }

    /// The tasks that have left PENDING, in no particular order.
    public List<TaskRun> tasks(long run) {
        return getEntityManager()
                .createQuery("from TaskRun t where t.run = ?1", TaskRun.class)
                .setParameter(1, run)
                .getResultList();
    }

    public Optional<TaskRun> task(long run, String task) {
        return Optional.ofNullable(
                getEntityManager().find(TaskRun.class, new TaskRun.Key(run, task)));
    }

    /// Transitions with a number above `after`, in order.
    public List<Transition> transitions(long run, long after, int limit) {
        return getEntityManager()
                .createQuery(
                        "from Transition t where t.run = ?1 and t.seq > ?2 order by t.seq",
                        Transition.class)
                .setParameter(1, run)
                .setParameter(2, after)
                .setMaxResults(limit)
                .getResultList();
    }

    /// Those of one task, in order.
    public List<Transition> transitions(long run, String task) {
        return getEntityManager()
                .createQuery(
                        "from Transition t where t.run = ?1 and t.task = ?2 order by t.seq",
                        Transition.class)
                .setParameter(1, run)
                .setParameter(2, task)
                .getResultList();
    }

    /// The output as JSON text, where the task has one.
    public Optional<String> output(long run, String task) {
        return Optional.ofNullable(
                        getEntityManager().find(TaskOutput.class, new TaskRun.Key(run, task)))
                .map(output -> output.json);
    }

    /// The outputs of all tasks as JSON text, by task.
    public Map<String, String> outputs(long run) {
        return getEntityManager()
                .createQuery("from TaskOutput o where o.run = ?1", TaskOutput.class)
                .setParameter(1, run)
                .getResultStream()
                .collect(toMap(output -> output.task, output -> output.json));
    }

    /// How many tasks of each state; those without a row are counted as PENDING.
    public Map<TaskState, Integer> taskCounts(long run) {
        return taskCounts(List.of(run)).getOrDefault(run, Map.of());
    }

    /// The same for several runs at once, by run. Runs that don't exist are left out.
    public Map<Long, Map<TaskState, Integer>> taskCounts(List<Long> runs) {
        if (runs.isEmpty()) {
            return Map.of();
        }
        var counts = new LinkedHashMap<Long, Map<TaskState, Integer>>();
        getEntityManager()
                .createQuery("select r.id, r.taskCount from Run r where r.id in ?1", Object[].class)
                .setParameter(1, runs)
                .getResultList()
                .forEach(row -> counts.put((Long) row[0], pending((Integer) row[1])));
        getEntityManager()
                .createQuery(
                        "select t.run, t.state, count(*) from TaskRun t where t.run in ?1 group by t.run, t.state",
                        Object[].class)
                .setParameter(1, runs)
                .getResultList()
                .forEach(
                        row -> {
                            var ofRun = counts.get((Long) row[0]);
                            if (ofRun != null) {
                                count(ofRun, (TaskState) row[1], ((Long) row[2]).intValue());
                            }
                        });
        return counts;
    }

    private static Map<TaskState, Integer> pending(int tasks) {
        var counts = new EnumMap<TaskState, Integer>(TaskState.class);
        if (tasks > 0) {
            counts.put(TaskState.PENDING, tasks);
        }
        return counts;
    }

    /// A task with a row was counted as pending before.
    private static void count(Map<TaskState, Integer> counts, TaskState state, int tasks) {
        counts.merge(TaskState.PENDING, -tasks, Integer::sum);
        counts.merge(state, tasks, Integer::sum);
        counts.values().removeIf(number -> number <= 0);
    }

    /// Each part null for any.
    public record Filter(
            @Nullable String workflow,
            @Nullable RunState state,
            @Nullable String trigger,
            @Nullable Instant since,
            @Nullable Instant until) {
        public static final Filter ANY = new Filter(null, null, null, null, null);

        private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

        public Filter {
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

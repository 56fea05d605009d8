package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where triggers stand, and the ledger of their fires. Reads only: the [Journal] writes.
@ApplicationScoped
public class TriggerStore {

    private static final String STATE = "select " + TriggerState.COLUMNS + " from trigger_state s ";
    private static final String FIRE = "select " + Fire.COLUMNS + " from fire f ";
    private static final String BACKFILL = "select " + Backfill.COLUMNS + " from backfill b ";

    private final Reads reads;

    TriggerStore(Reads reads) {
        this.reads = reads;
    }

    /// A workflow whose text speaks of triggers.
    public record Source(String workflow, long revision) {}

    /// How a run ended that a trigger started.
    public record Ended(long run, RunState state) {}

    /// @param workflow, trigger, state, backfill null for any
    /// @param since the first nominal moment that counts
    /// @param until the first that doesn't any more
    public record Filter(
            @Nullable String workflow,
            @Nullable String trigger,
            Fire.@Nullable State state,
            @Nullable Long backfill,
            @Nullable Instant since,
            @Nullable Instant until) {

        public Filter(
                @Nullable String workflow,
                @Nullable String trigger,
                Fire.@Nullable State state,
                @Nullable Long backfill) {
            this(workflow, trigger, state, backfill, null, null);
        }
    }

    /// The current revisions that may declare triggers: others needn't be read.
    public List<Source> sources() {
        return reads.list(
                """
                select w.id, w.revision from workflow w join revision v on v.id = w.revision
                where w.deleted = 0 and v.source like '%triggers%' order by w.id""",
                row -> new Source(row.text(), row.number()));
    }

    public List<TriggerState> states() {
        return reads.list(STATE, TriggerState::read);
    }

    public List<TriggerState> states(String workflow) {
        return reads.list(STATE + "where s.workflow = ?", TriggerState::read, workflow);
    }

    public Optional<TriggerState> state(String workflow, String trigger) {
        return reads.first(
                STATE + "where s.workflow = ? and s.trigger_id = ?",
                TriggerState::read,
                workflow,
                trigger);
    }

    public Optional<Fire> fire(long id) {
        return reads.first(FIRE + "where f.id = ?", Fire::read, id);
    }

    /// What became of one fire; nothing where it isn't known yet.
    public Optional<Fire> fire(String workflow, String trigger, String slot) {
        return reads.first(
                FIRE + "where f.workflow = ? and f.trigger_id = ? and f.slot = ?",
                Fire::read,
                workflow,
                trigger,
                slot);
    }

    /// Which fires of a trigger the ledger has, newest first.
    public List<String> slots(String workflow, String trigger, int limit) {
        return reads.list(
                "select f.slot from fire f where f.workflow = ? and f.trigger_id = ? order by f.id desc limit ?",
                Columns::text,
                workflow,
                trigger,
                limit);
    }

    /// The fire that started a run.
    public Optional<Fire> fireOf(long run) {
        return reads.first(FIRE + "where f.run = ?", Fire::read, run);
    }

    /// The ledger, newest first.
    ///
    /// @param before only fires with a smaller id; `Long.MAX_VALUE` for the first page
    public List<Fire> fires(Filter filter, long before, int limit) {
        var sql = new StringBuilder(FIRE).append("where f.id < ?");
        var parameters = new ArrayList<Object>();
        parameters.add(before);
        add(sql, parameters, "f.workflow", filter.workflow());
        add(sql, parameters, "f.trigger_id", filter.trigger());
        add(sql, parameters, "f.state", filter.state() == null ? null : filter.state().name());
        add(sql, parameters, "f.backfill", filter.backfill());
        if (filter.since() != null) {
            sql.append(" and f.nominal >= ?");
            parameters.add(Micros.of(filter.since()));
        }
        if (filter.until() != null) {
            sql.append(" and f.nominal < ?");
            parameters.add(Micros.of(filter.until()));
        }
        parameters.add(limit);
        return reads.list(
                sql.append(" order by f.id desc limit ?").toString(),
                Fire::read,
                parameters.toArray());
    }

    private static void add(
            StringBuilder sql, List<Object> parameters, String column, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(column).append(" = ?");
            parameters.add(value);
        }
    }

    /// Fires that are to be looked at by now, oldest first.
    public List<Fire> open(Instant now, int limit) {
        return reads.list(
                FIRE
                        + "where f.state in ('DUE', 'HELD') and f.due_at <= ? order by f.due_at, f.id limit ?",
                Fire::read,
                Micros.of(now),
                limit);
    }

    /// The unfinished runs that a trigger started, oldest first; no more than asked.
    public List<Long> activeRuns(String workflow, String trigger, int limit) {
        return reads.list(
                """
                select r.id from run r join fire f on f.run = r.id
                where r.workflow = ? and r.state in ('QUEUED', 'RUNNING', 'PAUSED') and f.trigger_id = ?
                order by r.id limit ?""",
                Columns::number,
                workflow,
                trigger,
                limit);
    }

    /// The unfinished runs of a backfill, oldest first; no more than asked.
    public List<Long> activeRunsOf(long backfill, int limit) {
        return reads.list(
                """
                select r.id from fire f join run r on r.id = f.run
                where f.backfill = ? and r.state in ('QUEUED', 'RUNNING', 'PAUSED') order by r.id limit ?""",
                Columns::number,
                backfill,
                limit);
    }

    /// The ends of the latest runs that a trigger started, newest first; unfinished ones are among
    /// them.
    public List<Ended> latestRuns(String workflow, String trigger, Instant since, int limit) {
        return reads.list(
                """
                select r.id, r.state from fire f join run r on r.id = f.run
                where f.workflow = ? and f.trigger_id = ? and f.run is not null and f.at >= ?
                order by f.id desc limit ?""",
                row -> new Ended(row.number(), RunState.valueOf(row.text())),
                workflow,
                trigger,
                Micros.of(since),
                limit);
    }

    /// What became of a backfill's moments so far, in numbers.
    public Map<Fire.State, Long> countsOf(long backfill) {
        var counts = new EnumMap<Fire.State, Long>(Fire.State.class);
        reads.list(
                        "select f.state, count(*) from fire f where f.backfill = ? group by f.state",
                        row -> Map.entry(Fire.State.valueOf(row.text()), row.number()),
                        backfill)
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /// How many fires have no end yet; counts no further than asked.
    public long openFires(int atMost) {
        return reads.first(
                        """
                        select count(*) from (
                            select 1 as one from fire where state in ('DUE', 'HELD') limit ?) as found""",
                        Columns::number,
                        atMost)
                .orElse(0L);
    }

    /// How long the latest runs of some workflows took that succeeded, in milliseconds, newest
    /// first; those without any are left out.
    ///
    /// @param among so many of a workflow's latest runs are looked at
    /// @param most so many of them count
    public Map<String, List<Long>> durations(Collection<String> workflows, int among, int most) {
        var durations = new HashMap<String, List<Long>>();
        return reads.together(
                link -> {
                    for (var workflow : workflows) {
                        var found =
                                link.list(
                                        """
                                        select (l.finished_at - l.started_at) / 1000 from (
                                            select r.id, r.state, r.started_at, r.finished_at from run r
                                            where r.workflow = ? order by r.id desc limit ?) l
                                        where l.state = 'SUCCESS' and l.started_at is not null
                                            and l.finished_at is not null
                                        order by l.id desc limit ?""",
                                        Columns::number,
                                        workflow,
                                        among,
                                        most);
                        if (!found.isEmpty()) {
                            durations.put(workflow, found);
                        }
                    }
                    return durations;
                });
    }

    public Optional<Backfill> backfill(long id) {
        return reads.first(BACKFILL + "where b.id = ?", Backfill::read, id);
    }

    /// Those that aren't done yet, oldest first.
    public List<Backfill> runningBackfills() {
        return reads.list(BACKFILL + "where b.state = 'RUNNING' order by b.id", Backfill::read);
    }

    /// Newest first.
    public List<Backfill> backfills(
            @Nullable String workflow, @Nullable String trigger, int limit) {
        var sql = new StringBuilder(BACKFILL).append("where 1 = 1");
        var parameters = new ArrayList<Object>();
        add(sql, parameters, "b.workflow", workflow);
        add(sql, parameters, "b.trigger_id", trigger);
        parameters.add(limit);
        return reads.list(
                sql.append(" order by b.id desc limit ?").toString(),
                Backfill::read,
                parameters.toArray());
    }

    /// The nodes that may fire, in no particular order.
    public List<Long> liveNodes() {
        return reads.list("select id from node where state = 'LIVE' order by id", Columns::number);
    }
}

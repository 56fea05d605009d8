package dev.leat.store;

import static java.util.stream.Collectors.joining;

import dev.leat.store.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes runs that nobody carries. A run is taken by one node, whichever ask at once; when these
/// return, that is on disk.
///
/// Used by one thread.
@ApplicationScoped
public class Claims {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final String CLAIM =
            """
            update run set owner = ?, fence = fence + 1
            where id in (select id from run where %s limit ? for update skip locked)
                and exists (select 1 from node where id = ? and state = 'LIVE' for key share)%s
            returning id""";

    private static final String IN_TIME = " and exists (" + JournalSql.HOLDS_LOCK + ")";

    private static final String QUEUED =
            "state = 'QUEUED' and owner is null and limited = 0 order by priority desc, id";
    private static final String ORPHANED =
            "state in ('RUNNING', 'PAUSED') and owner is null order by id";
    private static final String ORPHANED_CHILDREN =
            "trigger_kind = 'subflow' and state in ('RUNNING', 'PAUSED') and owner is null order by id";
    private static final String ONE = "id = %d and state = 'QUEUED' and owner is null order by id";

    private static final String TAKEN = "select id from run where owner = ? and id in (%s)";

    private final Database database;
    private final Fence fence;
    private final Journal journal;
    private final RunStore runs;
    private @Nullable Connection connection;

    /// What was taken by transactions whose end isn't known.
    private final Set<Long> uncertain = new HashSet<>();

    Claims(Database database, Fence fence, Journal journal, RunStore runs) {
        this.database = database;
        this.fence = fence;
        this.journal = journal;
        this.runs = runs;
    }

    /// Runs in line, those with the largest priority first and then the oldest. Runs of workflows
    /// that limit them aren't among these.
    public List<Long> queued(int atMost) throws SQLException {
        return switch (database.kind()) {
            case SQLITE -> write(runs.inLine(atMost));
            case POSTGRESQL -> claim(QUEUED, atMost);
        };
    }

    /// Runs that were under way when their node went, oldest first.
    public List<Long> orphaned(int atMost) throws SQLException {
        return switch (database.kind()) {
            case SQLITE -> write(runs.orphaned(atMost));
            case POSTGRESQL -> claim(ORPHANED, atMost);
        };
    }

    /// Those of them that another run has started, and may be waiting for.
    public List<Long> orphanedChildren(int atMost) throws SQLException {
        return switch (database.kind()) {
            case SQLITE -> write(runs.orphanedChildren(atMost));
            // Mostly there are none, and a look costs less than a claim of nothing.
            case POSTGRESQL ->
                    runs.orphanedChildren(1).isEmpty()
                            ? List.of()
                            : claim(ORPHANED_CHILDREN, atMost);
        };
    }

    /// This run, if it waits still, and this thread has its locks still.
    public boolean one(long run) throws SQLException {
        return switch (database.kind()) {
            case SQLITE -> !write(List.of(run)).isEmpty();
            case POSTGRESQL -> !claim(ONE.formatted(run), 1).isEmpty();
        };
    }

    /// A process that is alone with its database has nobody to race with.
    private List<Long> write(List<Long> ids) {
        var changes = new ArrayList<Change>(ids.size());
        ids.forEach(run -> changes.add(new Change.RunClaimed(run)));
        journal.write(changes).join();
        return ids;
    }

    /// Runs that an earlier call took although it ended in an error: the database may have carried
    /// it out all the same, or be at it still, which is waited for.
    public List<Long> uncertain() throws SQLException {
        if (uncertain.isEmpty()) {
            return List.of();
        }
        try {
            var link = connect();
            var node = fence.node();
            query(link, JournalSql.AWAIT_WRITES, to -> to.number(node));
            var ids = uncertain.stream().map(String::valueOf).collect(joining(", "));
            var taken = query(link, TAKEN.formatted(ids), to -> to.number(node));
            link.rollback();
            uncertain.clear();
            return taken;
        } catch (SQLException e) {
            disconnect();
            throw e;
        }
    }

    private List<Long> claim(String which, int atMost) throws SQLException {
        var node = fence.node();
        if (node == 0 || atMost <= 0) {
            return List.of();
        }
        var hold = Locks.held();
        var inTime = IN_TIME.repeat(hold == null ? 0 : hold.names().size());
        var ids = new ArrayList<Long>();
        try {
            var link = connect();
            ids.addAll(
                    query(
                            link,
                            CLAIM.formatted(which, inTime),
                            to -> bind(to.number(node).integer(atMost).number(node), hold)));
            link.commit();
            ids.sort(null);
            return ids;
        } catch (SQLException e) {
            uncertain.addAll(ids);
            disconnect();
            throw e;
        }
    }

    private static Values bind(Values to, @Nullable Hold hold) throws SQLException {
        if (hold != null) {
            for (var name : hold.names()) {
                to.text(name).number(hold.transaction());
            }
        }
        return to;
    }

    private static List<Long> query(
            Connection link, String sql, JournalStatements.Parameters parameters)
            throws SQLException {
        try (var statement = link.prepareStatement(sql)) {
            parameters.bind(new Binder(statement));
            try (var rows = statement.executeQuery()) {
                var ids = new ArrayList<Long>();
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                return ids;
            }
        }
    }

    private Connection connect() throws SQLException {
        var known = connection;
        if (known != null) {
            return known;
        }
        var opened = database.openShort(LONGEST_PAUSE);
        connection = opened;
        return opened;
    }

    private void disconnect() {
        var known = connection;
        connection = null;
        try {
            if (known != null) {
                known.close();
            }
        } catch (SQLException _) {
            // It is given up because it is broken.
        }
    }
}

package dev.leat.store;

import dev.leat.store.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
                and exists (select 1 from node where id = ? and state = 'LIVE' for key share)
            returning id""";

    private static final String QUEUED =
            "state = 'QUEUED' and owner is null and limited = 0 order by priority desc, id";
    private static final String ORPHANED =
            "state in ('RUNNING', 'PAUSED') and owner is null order by id";
    private static final String ONE = "id = %d and state = 'QUEUED' and owner is null order by id";

    private final Database database;
    private final Membership membership;
    private final Journal journal;
    private final RunStore runs;
    private @Nullable Connection connection;

    Claims(Database database, Membership membership, Journal journal, RunStore runs) {
        this.database = database;
        this.membership = membership;
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

    /// This run, if it waits still.
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

    private List<Long> claim(String which, int atMost) throws SQLException {
        var node = membership.node();
        if (node == 0 || atMost <= 0) {
            return List.of();
        }
        try {
            var link = connect();
            var ids = claim(link, CLAIM.formatted(which), node, atMost);
            link.commit();
            return ids;
        } catch (SQLException e) {
            disconnect();
            throw e;
        }
    }

    private static List<Long> claim(Connection link, String sql, long node, int atMost)
            throws SQLException {
        try (var statement = link.prepareStatement(sql)) {
            new Binder(statement).number(node).integer(atMost).number(node);
            try (var rows = statement.executeQuery()) {
                var ids = new ArrayList<Long>();
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                ids.sort(null);
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

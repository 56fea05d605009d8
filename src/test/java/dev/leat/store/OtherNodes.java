package dev.leat.store;

import dev.leat.store.NodeTable.Self;
import dev.leat.store.database.Database;
import dev.leat.store.database.DatabaseKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Nodes that never were: rows as other processes would have left them.
@ApplicationScoped
public class OtherNodes {

    private static final Duration LEASE = Duration.ofHours(1);

    private final Database database;
    private final NodeTable table;
    private final Ids ids;
    private final Journal journal;

    OtherNodes(Database database, Ids ids, Journal journal) {
        this.journal = journal;
        this.database = database;
        this.table = new NodeTable(database.kind());
        this.ids = ids;
    }

    /// One that says it lives.
    public String live(String name) {
        var id = ids.next();
        change(
                link ->
                        table.insert(
                                link,
                                new Self(id, "/srv/" + name, name, null, "0.1", 64, 0, 0),
                                LEASE));
        return Ids.text(id);
    }

    /// It wasn't heard of in time.
    public void lose(String node) {
        change(link -> table.fence(link, Ids.parse(node), false));
    }

    public void drain(String node) {
        change(link -> table.drain(link, Ids.parse(node)));
    }

    public void leave(String node) {
        change(link -> table.leave(link, Ids.parse(node)));
    }

    /// Changes that a node makes without telling the others.
    public void save(Change... changes) {
        var theirs = new Journal(database, new RunFeed());
        theirs.start();
        try {
            theirs.write(List.of(changes)).join();
        } finally {
            theirs.stop();
        }
    }

    private interface Work {
        void on(Connection link) throws SQLException;
    }

    private void change(Work work) {
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            write(work);
            return;
        }
        // The journal has an embedded database to itself.
        journal.stop();
        try {
            write(work);
        } finally {
            journal.start();
        }
    }

    private void write(Work work) {
        try (var link = database.openLease(LEASE)) {
            work.on(link);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

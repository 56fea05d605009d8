package dev.leat.store;

import dev.leat.store.database.Database;
import dev.leat.store.database.DatabaseKind;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets one thread of all nodes at a time decide about something that is scarce: who of a
/// workflow's runs starts, who gets a place in a pool. Held for a few milliseconds.
@ApplicationScoped
public class Locks {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended('leat ' || ?, 0))";

    private final Database database;
    private final ReentrantLock here = new ReentrantLock();
    private @Nullable Connection connection;

    Locks(Database database) {
        this.database = database;
    }

    /// Does something while nobody else does anything under that name. What it writes must be on
    /// disk when it returns.
    ///
    /// @throws Refusal.Unavailable where the database is away
    public <T> T within(String name, Supplier<T> action) {
        here.lock();
        try {
            if (database.kind() == DatabaseKind.SQLITE) {
                return action.get();
            }
            lock(name);
            try {
                return action.get();
            } finally {
                unlock();
            }
        } finally {
            here.unlock();
        }
    }

    private void lock(String name) {
        try {
            try {
                lock(connect(), name);
            } catch (SQLException _) {
                // It may have been closed since it was used last.
                disconnect();
                lock(connect(), name);
            }
        } catch (SQLException e) {
            disconnect();
            throw new Refusal.Unavailable(
                    "The database can't be asked at the moment: " + e.getMessage(), PATIENCE);
        }
    }

    private static void lock(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement(LOCK)) {
            new Binder(statement).text(name);
            statement.execute();
        }
    }

    private void unlock() {
        try {
            connect().rollback();
        } catch (SQLException _) {
            disconnect();
        }
    }

    private Connection connect() throws SQLException {
        var known = connection;
        if (known != null) {
            return known;
        }
        var opened = database.openShort(PATIENCE);
        try (var statement = opened.createStatement()) {
            statement.execute("set lock_timeout = " + PATIENCE.toMillis());
            opened.commit();
        }
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

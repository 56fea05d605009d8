package dev.leat.store;

import dev.leat.store.database.Database;
import dev.leat.store.database.DatabaseKind;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets one thread of all nodes at a time decide about something that is scarce: who of a
/// workflow's runs starts, who gets a place in a pool. Held for a few milliseconds.
@ApplicationScoped
public class Locks {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Once it has the lock it waits for what the one before it may be writing still, see [Hold].
    private static final String LOCK =
            """
            select txid_current();
            select pg_advisory_xact_lock(hashtextextended('leat ' || ?, 0));
            select pg_advisory_lock(hashtextextended('leat writes ' || ?, 0));
            select pg_advisory_unlock(hashtextextended('leat writes ' || ?, 0))""";

    private static final ScopedValue<Hold> HELD = ScopedValue.newInstance();

    private final Database database;
    private final ReentrantLock here = new ReentrantLock();
    private @Nullable Connection connection;

    Locks(Database database) {
        this.database = database;
    }

    /// The locks that this thread has; null where it has none, and where a process is alone.
    static @Nullable Hold held() {
        return HELD.isBound() ? HELD.get() : null;
    }

    /// Does something while nobody else does anything under that name. What this thread writes
    /// meanwhile must be on disk when it returns, and is refused where the lock was lost.
    ///
    /// @throws Refusal.Unavailable where the database is away
    public <T> T within(String name, Supplier<T> action) {
        here.lock();
        try {
            if (database.kind() == DatabaseKind.SQLITE) {
                return action.get();
            }
            var outer = held();
            var hold = outer == null ? lock(name) : lockToo(outer, name);
            try {
                return ScopedValue.where(HELD, hold).call(action::get);
            } finally {
                if (outer == null) {
                    unlock();
                }
            }
        } finally {
            here.unlock();
        }
    }

    private Hold lock(String name) {
        try {
            try {
                return new Hold(List.of(name), lock(connect(), name));
            } catch (SQLException _) {
                // It may have been closed since it was used last.
                disconnect();
                return new Hold(List.of(name), lock(connect(), name));
            }
        } catch (SQLException e) {
            throw away(e);
        }
    }

    /// Where the outer lock is lost, so is what is written under both.
    private Hold lockToo(Hold outer, String name) {
        try {
            lock(connect(), name);
            return outer.and(name);
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private Refusal away(SQLException failure) {
        disconnect();
        return new Refusal.Unavailable(
                "The database can't be asked at the moment: " + failure.getMessage(), PATIENCE);
    }

    /// @return the transaction that has the lock
    private static long lock(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement(LOCK)) {
            new Binder(statement).text(name).text(name).text(name);
            statement.execute();
            try (var transaction = statement.getResultSet()) {
                transaction.next();
                return transaction.getLong(1);
            }
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

package dev.leat.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Gives a connection up whose server doesn't answer, in place of the driver's own bound on each
/// read: of a virtual thread that takes a timer and two switches more, for each commit.
///
/// The driver's bound holds for everything else that is asked over the connection.
final class AnswerWatch implements AutoCloseable {

    private final Connection connection;
    private final Duration longest;
    private final Thread thread;

    /// When something was asked that has no answer yet; 0 where nothing is.
    private volatile long since;

    private volatile boolean closed;

    /// @param longest until an answer
    private AnswerWatch(Connection connection, Duration longest) {
        this.connection = connection;
        this.longest = longest;
        this.thread =
                Thread.ofPlatform().name("leat-journal-watch").daemon(true).start(this::watch);
    }

    /// As long as the connection is set to wait for an answer; null where that is for ever.
    static @Nullable AnswerWatch of(Connection connection) throws SQLException {
        var longest = connection.getNetworkTimeout();
        return longest == 0 ? null : new AnswerWatch(connection, Duration.ofMillis(longest));
    }

    interface Question {
        void ask() throws SQLException;
    }

    /// @throws SQLException also where the connection was given up because there is no answer
    void over(Question question) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
        since = System.nanoTime() | 1;
        try {
            question.ask();
        } finally {
            since = 0;
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longest.toMillis()));
            }
        }
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(longest.dividedBy(4).toNanos());
            var asked = since;
            if (asked != 0 && System.nanoTime() - asked > longest.toNanos()) {
                giveUp();
                return;
            }
        }
    }

    private void giveUp() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException _) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

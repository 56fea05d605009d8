package dev.leat.store;

import dev.leat.store.database.Failure;
import dev.leat.task.Refusal;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Asks the database over the connections that read. Answers are as of the moment of the question,
/// in objects of the asker's own; nothing is remembered between two questions, so that what another
/// node wrote is seen.
///
/// Plain statements, since what asks most is the answer to a start, and there an object-relational
/// mapper and a transaction for each question cost several times what SQLite does.
@Singleton
class Reads {

    private static final Logger LOG = Logger.getLogger(Reads.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final DataSource pool;
    private final LongAdder asked = new LongAdder();

    Reads(DataSource pool) {
        this.pool = pool;
    }

    /// How many statements there were.
    long asked() {
        return asked.sum();
    }

    <R> List<R> list(String sql, Reading<R> reading, Object... parameters) {
        return together(link -> link.list(sql, reading, parameters));
    }

    <R> Optional<R> first(String sql, Reading<R> reading, Object... parameters) {
        return together(link -> link.first(sql, reading, parameters));
    }

    /// Several questions over one connection.
    ///
    /// @throws Refusal.Unavailable while the database is away
    <R> R together(Questions<R> questions) {
        try (var connection = pool.getConnection()) {
            return questions.ask(new Link(connection));
        } catch (SQLException e) {
            throw switch (Failure.of(e)) {
                case Failure.Away(var message) -> away(message, e);
                case Failure.Taken _, Failure.Refused _ ->
                        new IllegalStateException("The database refused a question.", e);
            };
        }
    }

    private static RuntimeException away(String message, SQLException cause) {
        LOG.debug("A question isn't answered.", cause);
        return new Refusal.Unavailable(
                "The database can't be read at the moment: " + message, RETRY_AFTER);
    }

    /// One connection while several questions are asked.
    final class Link {
        private final Connection connection;

        private Link(Connection connection) {
            this.connection = connection;
        }

        <R> List<R> list(String sql, Reading<R> reading, Object... parameters) throws SQLException {
            var answer = new ArrayList<R>();
            try (var statement = prepare(sql, parameters);
                    var rows = statement.executeQuery()) {
                while (rows.next()) {
                    answer.add(reading.read(new Columns(rows)));
                }
            }
            return answer;
        }

        <R> Optional<R> first(String sql, Reading<R> reading, Object... parameters)
                throws SQLException {
            try (var statement = prepare(sql, parameters);
                    var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(reading.read(new Columns(rows)))
                        : Optional.empty();
            }
        }

        private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
            asked.increment();
            var statement = connection.prepareStatement(sql);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        }
    }

    @FunctionalInterface
    interface Reading<R> {
        R read(Columns row) throws SQLException;
    }

    @FunctionalInterface
    interface Questions<R> {
        R ask(Link link) throws SQLException;
    }
}

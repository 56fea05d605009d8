package dev.leat.store.search;

import dev.leat.store.database.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// In which parts of which logs which words are. A part is some lines of one attempt that follow
/// each other; parts are found newest first.
///
/// What is written in one batch is there altogether or not at all, with how far each log has been
/// read: so after a crash nothing is missing and nothing is there twice.
public abstract class LogIndex {

    static final int VERSION = 1;

    /// What SQLite says of a file that is damaged, and of one that is none of its own.
    private static final int CORRUPT = 11;

    static final int NO_DATABASE = 26;

    private static final String PART =
            """
            select b.id, b.first_line, b.last_line, b.start, b.bytes,
                s.place, s.run, s.task, s.attempt, s.workflow
            """;

    final DataSource readers;
    private final Database database;
    private final @Nullable Path file;
    private final String place;

    /// @param place which folder of logs this process writes of; other folders may be in the same
    ///     index
    LogIndex(Database database, @Nullable Path file, DataSource readers, String place) {
        this.database = database;
        this.file = file;
        this.readers = readers;
        this.place = place;
    }

    /// @param file where it is, unless it is in the server's database
    /// @param pool connections to the server's database that read
    public static LogIndex of(Database database, Path file, DataSource pool, String place) {
        return switch (database.kind()) {
            case SQLITE -> new SqliteLogIndex(database, file, place);
            case POSTGRESQL -> new PostgresqlLogIndex(database, pool, place);
        };
    }

    /// An attempt's log, as far as it has been read.
    ///
    /// @param size how far, in bytes
    /// @param start where its last part begins, to which more lines may come; `size` where that is
    ///     full
    /// @param open that part's id; 0 for none
    public record Source(long id, long size, long start, long open) {}

    public record Attempt(long run, String workflow, String task, int number) {}

    /// A part of a log that is found.
    ///
    /// @param place the folder that it is in
    public record Found(
            long id,
            long firstLine,
            long lastLine,
            long start,
            int bytes,
            String place,
            Attempt attempt) {}

    /// What a part must have, and where to go on.
    ///
    /// @param before only parts with a smaller id
    /// @param from only parts with this id or a larger one
    public record Question(LogNeeds needs, long before, long from, int limit) {}

    public String place() {
        return place;
    }

    /// The parts that may have lines that fit, newest first.
    ///
    /// @throws SQLException also where it takes too long
    public List<Found> find(Question question) throws SQLException {
        try (var connection = readers.getConnection();
                var statement = connection.prepareStatement(PART + matching())) {
            statement.setString(1, match(question.needs));
            statement.setLong(2, question.before);
            statement.setLong(3, question.from);
            statement.setInt(4, question.limit);
            bound(statement);
            var found = new ArrayList<Found>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(found(rows));
                }
            }
            return found;
        }
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5),
                row.getString(6),
                new Attempt(row.getLong(7), row.getString(10), row.getString(8), row.getInt(9)));
    }

    /// Whether the index is to be made anew.
    public static boolean broken(SQLException failure) {
        return failure.getErrorCode() == CORRUPT || failure.getErrorCode() == NO_DATABASE;
    }

    /// How many bytes it takes.
    public abstract long bytes() throws SQLException;

    /// Where the folders of the others are, by place; for people.
    public abstract Map<String, String> places() throws SQLException;

    /// The rest of the question for parts, with parameters for words, two ids and a limit.
    abstract String matching();

    abstract String match(LogNeeds needs);

    /// Keeps a question from taking for ever.
    abstract void bound(PreparedStatement statement) throws SQLException;

    /// Makes the tables where they are missing or of another version.
    abstract void prepare(Connection connection) throws SQLException;

    /// Whether this process alone writes of its place until the transaction ends.
    abstract boolean alone(Connection connection) throws SQLException;

    abstract Putting putting(Connection connection) throws SQLException;

    /// Writes the words of parts.
    interface Putting extends AutoCloseable {
        void put(long id, LogPart part) throws SQLException;

        void forget(long source, long id) throws SQLException;

        @Override
        void close() throws SQLException;
    }

    /// Opens it for the one who writes, and makes the tables.
    ///
    /// @param name what people call this process
    public LogIndexWriter open(String name) throws SQLException {
        var connection = database.openIndex(file);
        try {
            connection.setAutoCommit(false);
            prepare(connection);
            introduce(connection, name);
            connection.commit();
            return new LogIndexWriter(this, connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void introduce(Connection connection, String name) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        """
                        insert into log_place (place, name) values (?, ?)
                            on conflict (place) do update set name = excluded.name""")) {
            statement.setString(1, place);
            statement.setString(2, name);
            statement.executeUpdate();
        }
    }

    static Map<String, String> places(Connection connection) throws SQLException {
        var places = new HashMap<String, String>();
        try (var statement = connection.prepareStatement("select place, name from log_place");
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                places.put(rows.getString(1), rows.getString(2));
            }
        }
        return places;
    }

    static void execute(Connection connection, String... commands) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var command : commands) {
                statement.execute(command);
            }
        }
    }
}

package dev.leat.store.database;

import dev.leat.store.database.DatabaseConfig.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// How a connection to SQLite is set up.
final class Sqlite {

    private static final int BUSY_MILLIS = 10_000;
    private static final int WRITER_CACHE_KIB = 64 * 1024;
    private static final int READER_CACHE_KIB = 8 * 1024;

    /// The write-ahead log is copied into the database once it has this many pages (of 4 KiB). Each
    /// copying costs two fsyncs, so rarely; a larger log makes reads slower.
    private static final int CHECKPOINT_PAGES = 4_000;

    /// A burst may grow the log; afterwards the file is cut to this.
    private static final int LARGEST_LOG_BYTES = 64 * 1024 * 1024;

    private Sqlite() {}

    static Connection connect(String url, boolean writer, Durability durability)
            throws SQLException {
        SqliteLibrary.load();
        createFolder(url);
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                switch (durability) {
                    case POWER -> SQLiteConfig.SynchronousMode.FULL;
                    case PROCESS -> SQLiteConfig.SynchronousMode.NORMAL;
                });
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setCacheSize(-(writer ? WRITER_CACHE_KIB : READER_CACHE_KIB));
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setGetGeneratedKeys(false);
        // A transaction that begins by reading and then writes would fail, rather than wait, when
        // another wrote in between.
        config.setTransactionMode(
                writer
                        ? SQLiteConfig.TransactionMode.IMMEDIATE
                        : SQLiteConfig.TransactionMode.DEFERRED);
        var connection = JDBC.createConnection(url, config.toProperties());
        try (var statement = connection.createStatement()) {
            if (writer) {
                statement.execute("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
                statement.execute("pragma journal_size_limit = " + LARGEST_LOG_BYTES);
            } else {
                statement.execute("pragma query_only = on");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// What a copy turned out to have in it.
    record Counted(long runs, long unfinished) {}

    /// Copies a database as of one moment into an empty file, and reads the copy through. The
    /// connection may only read, so a database that isn't there isn't made, and nobody waits for
    /// it.
    static Counted copy(Path source, Path target) throws SQLException {
        var readOnly = new SQLiteConfig();
        readOnly.setReadOnly(true);
        readOnly.setBusyTimeout(BUSY_MILLIS);
        try (var connection =
                        JDBC.createConnection("jdbc:sqlite:" + source, readOnly.toProperties());
                var statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, target.toString());
            statement.execute();
        }
        try (var connection =
                        JDBC.createConnection("jdbc:sqlite:" + target, readOnly.toProperties());
                var statement = connection.createStatement()) {
            try (var answer = statement.executeQuery("pragma quick_check")) {
                if (!answer.next() || !"ok".equals(answer.getString(1))) {
                    throw new SQLException("the copy is damaged: " + answer.getString(1));
                }
            }
            try (var counts =
                    statement.executeQuery(
                            """
                            select count(*), coalesce(sum(state in ('QUEUED', 'RUNNING', 'PAUSED')), 0) from run""")) {
                counts.next();
                return new Counted(counts.getLong(1), counts.getLong(2));
            }
        }
    }

    /// Where the database is; empty where it is in memory.
    static Optional<Path> file(String url) {
        var name = DatabaseKind.withoutParameters(DatabaseKind.SQLITE.rest(url));
        if (name.isEmpty() || name.startsWith(":")) {
            return Optional.empty();
        }
        var path = name.startsWith("file:") ? name.substring("file:".length()) : name;
        return Optional.of(Path.of(path).toAbsolutePath());
    }

    private static void createFolder(String url) throws SQLException {
        var folder = file(url).map(Path::getParent);
        try {
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
            }
        } catch (IOException e) {
            throw new SQLException("The folder %s can't be made: %s".formatted(folder.get(), e), e);
        }
    }
}

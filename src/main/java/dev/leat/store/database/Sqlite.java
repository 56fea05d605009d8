package dev.leat.store.database;

import dev.leat.store.database.DatabaseConfig.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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

    private static void createFolder(String url) throws SQLException {
        var name = DatabaseKind.withoutParameters(DatabaseKind.SQLITE.rest(url));
        if (name.isEmpty() || name.startsWith(":")) {
            return;
        }
        var folder =
                Path.of(name.startsWith("file:") ? name.substring("file:".length()) : name)
                        .toAbsolutePath()
                        .getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new SQLException("The folder %s can't be made: %s".formatted(folder, e), e);
        }
    }
}

package dev.leat.store.search;

import dev.leat.store.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/// A file of its own beside the database, so that nobody who writes runs waits for it. Words are
/// in an FTS5 table that keeps neither texts nor positions.
final class SqliteLogIndex extends LogIndex {

    private final Path path;

    SqliteLogIndex(Database database, Path file, String place) {
        super(database, file, database.indexReaders(file), place);
        this.path = file;
    }

    @Override
    String matching() {
        return """
        from log_words cross join log_block b on b.id = log_words.rowid cross join log_source s on s.id = b.source
        where log_words match ? and log_words.rowid < ? and log_words.rowid >= ?
        order by log_words.rowid desc limit ?""";
    }

    @Override
    String match(LogNeeds needs) {
        var match =
                needs.all().stream()
                        .map(need -> '"' + need.word() + '"' + (need.prefix() ? "*" : ""))
                        .collect(Collectors.joining(" AND "));
        return needs.any().isEmpty()
                ? match
                : match
                        + needs.any().stream()
                                .map(word -> '"' + word + '"')
                                .collect(Collectors.joining(" OR ", " AND (", ")"));
    }

    /// It looks at the words' lists only, which is quick.
    @Override
    void bound(PreparedStatement statement) {}

    @Override
    void prepare(Connection connection) throws SQLException {
        int version;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("pragma user_version")) {
            version = rows.next() ? rows.getInt(1) : 0;
        }
        if (version == VERSION) {
            return;
        }
        if (version != 0) {
            throw new SQLException(
                    "it is of version " + version + ", and this is " + VERSION, "", NO_DATABASE);
        }
        execute(
                connection,
                """
                create table log_source (id integer primary key, place text not null, run integer not null,
                    task text not null, attempt integer not null, workflow text not null, size integer not null,
                    start integer not null, open_part integer not null)""",
                "create unique index log_source_of on log_source (place, run, task, attempt)",
                """
                create table log_block (id integer primary key, source integer not null, first_line integer not null,
                    last_line integer not null, start integer not null, bytes integer not null)""",
                "create index log_block_source on log_block (source)",
                "create table log_place (place text primary key, name text not null)",
                """
                create virtual table log_words using fts5(words, content='', contentless_delete=1, detail='none',
                    tokenize='ascii')""",
                "pragma user_version = " + VERSION);
    }

    @Override
    boolean alone(Connection connection) {
        return true;
    }

    @Override
    Putting putting(Connection connection) throws SQLException {
        var put =
                connection.prepareStatement(
                        "insert or replace into log_words (rowid, words) values (?, ?)");
        var forget = connection.prepareStatement("delete from log_words where rowid = ?");
        return new Putting() {
            @Override
            public void put(long id, LogPart part) throws SQLException {
                put.setLong(1, id);
                put.setString(2, String.join(" ", part.words()));
                put.executeUpdate();
            }

            @Override
            public void forget(long source, long id) throws SQLException {
                forget.setLong(1, id);
                forget.executeUpdate();
            }

            @Override
            public void close() throws SQLException {
                put.close();
                forget.close();
            }
        };
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (var ending : new String[] {"", "-wal"}) {
            try {
                bytes += Files.size(path.resolveSibling(path.getFileName() + ending));
            } catch (IOException _) {
                // Not there, so it takes nothing.
            }
        }
        return bytes;
    }

    @Override
    public Map<String, String> places() {
        return Map.of();
    }
}

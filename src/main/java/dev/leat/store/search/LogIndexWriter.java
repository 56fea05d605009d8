package dev.leat.store.search;

import dev.leat.store.search.LogIndex.Attempt;
import dev.leat.store.search.LogIndex.Putting;
import dev.leat.store.search.LogIndex.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The one who writes an index, for the logs of one place. For one thread.
public final class LogIndexWriter implements AutoCloseable {

    private final LogIndex index;
    private final Connection connection;
    private final PreparedStatement sources;
    private final PreparedStatement newSource;
    private final PreparedStatement moreOfSource;
    private final PreparedStatement newPart;
    private final PreparedStatement morePart;
    private final Putting putting;

    /// Kept until the end of the transaction: in order they cost least.
    private final TreeMap<Long, LogPart> parts = new TreeMap<>();

    LogIndexWriter(LogIndex index, Connection connection) throws SQLException {
        this.index = index;
        this.connection = connection;
        sources =
                connection.prepareStatement(
                        "select id, size, start, open_part, task, attempt from log_source where place = ? and run = ?");
        newSource =
                connection.prepareStatement(
                        """
                        insert into log_source (place, run, task, attempt, workflow, size, start, open_part)
                            values (?, ?, ?, ?, ?, 0, 0, 0) returning id""");
        moreOfSource =
                connection.prepareStatement(
                        "update log_source set size = ?, start = ?, open_part = ? where id = ?");
        newPart =
                connection.prepareStatement(
                        """
                        insert into log_block (id, source, first_line, last_line, start, bytes)
                            values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing""");
        morePart =
                connection.prepareStatement(
                        "update log_block set last_line = ?, bytes = ? where id = ?");
        putting = index.putting(connection);
    }

    /// Begins a transaction. Where it answers false, another process writes of the same place now.
    public boolean begin() throws SQLException {
        parts.clear();
        if (index.alone(connection)) {
            return true;
        }
        connection.rollback();
        return false;
    }

    /// What is known of a run's logs, by task and attempt as [#key] has them.
    public Map<String, Source> sources(long run) throws SQLException {
        sources.setString(1, index.place());
        sources.setLong(2, run);
        var known = new HashMap<String, Source>();
        try (var rows = sources.executeQuery()) {
            while (rows.next()) {
                known.put(
                        key(rows.getString(5), rows.getInt(6)),
                        new Source(
                                rows.getLong(1),
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getLong(4)));
            }
        }
        return known;
    }

    public static String key(String task, int attempt) {
        return task + "." + attempt;
    }

    /// Writes what a log has after what is known of it. The first part replaces one that was left
    /// open.
    ///
    /// @param known null where nothing is
    /// @param size how far it has been read now
    public void put(Attempt attempt, @Nullable Source known, List<LogPart> read, long size)
            throws SQLException {
        long source = known == null ? add(attempt) : known.id();
        long open = known == null ? 0 : known.open();
        for (var part : read) {
            part.belongs(attempt);
            if (open == 0) {
                open = add(source, part, attempt.hashCode());
            } else {
                extend(open, part);
            }
            parts.put(open, part);
            open = part == read.getLast() && !part.full() ? open : 0;
        }
        moreOfSource.setLong(1, size);
        moreOfSource.setLong(2, open == 0 ? size : read.getLast().start());
        moreOfSource.setLong(3, open);
        moreOfSource.setLong(4, source);
        moreOfSource.executeUpdate();
    }

    private long add(Attempt attempt) throws SQLException {
        newSource.setString(1, index.place());
        newSource.setLong(2, attempt.run());
        newSource.setString(3, attempt.task());
        newSource.setInt(4, attempt.number());
        newSource.setString(5, attempt.workflow());
        try (var rows = newSource.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private long add(long source, LogPart part, int any) throws SQLException {
        for (long id = LogPartIds.of(part.at(), any); ; id++) {
            newPart.setLong(1, id);
            newPart.setLong(2, source);
            newPart.setLong(3, part.firstLine());
            newPart.setLong(4, part.lastLine());
            newPart.setLong(5, part.start());
            newPart.setInt(6, part.bytes());
            if (newPart.executeUpdate() == 1) {
                return id;
            }
        }
    }

    private void extend(long id, LogPart part) throws SQLException {
        morePart.setLong(1, part.lastLine());
        morePart.setInt(2, part.bytes());
        morePart.setLong(3, id);
        morePart.executeUpdate();
    }

    /// What was known of a log is wrong: it is read anew.
    public void forget(Source source) throws SQLException {
        forget(source.id());
    }

    /// The logs of a run are deleted.
    public void forgetRun(long run) throws SQLException {
        for (var source : sources(run).values()) {
            forget(source.id());
        }
    }

    private void forget(long source) throws SQLException {
        var ids = new HashSet<Long>();
        try (var statement =
                connection.prepareStatement("select id from log_block where source = ?")) {
            statement.setLong(1, source);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        for (var id : ids) {
            putting.forget(source, id);
            parts.remove(id);
        }
        delete("delete from log_block where source = ?", source);
        delete("delete from log_source where id = ?", source);
    }

    private void delete(String command, long id) throws SQLException {
        try (var statement = connection.prepareStatement(command)) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }

    /// The runs of this place that are in it.
    public Set<Long> runs() throws SQLException {
        var runs = new HashSet<Long>();
        try (var statement =
                connection.prepareStatement(
                        "select distinct run from log_source where place = ?")) {
            statement.setString(1, index.place());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    runs.add(rows.getLong(1));
                }
            }
        }
        return runs;
    }

    public void commit() throws SQLException {
        for (var part : parts.entrySet()) {
            putting.put(part.getKey(), part.getValue());
        }
        parts.clear();
        connection.commit();
    }

    public void rollback() throws SQLException {
        parts.clear();
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

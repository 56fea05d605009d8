package dev.leat.store.database;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.sqlite.SQLiteException;

/// What a failed statement or commit means for the one who tried.
public sealed interface Failure {

    /// What the database said, for the log.
    String message();

    /// The database is away, full, busy or being changed over: the same may succeed later.
    record Away(String message) implements Failure {}

    /// A unique key is taken.
    ///
    /// @param key names the index or its columns
    record Taken(String key, String message) implements Failure {}

    /// The data are at fault; trying again changes nothing.
    record Refused(String message) implements Failure {}

    /// https://www.sqlite.org/rescode.html: busy, locked, out of memory, read-only, I/O error,
    /// full, can't open, protocol.
    Set<Integer> SQLITE_AWAY = Set.of(5, 6, 7, 8, 10, 13, 14, 15);

    /// SQLite's extended codes for a taken unique or primary key.
    Set<Integer> SQLITE_TAKEN = Set.of(1555, 2067, 2579);

    int DEEPEST_CAUSE = 12;

    /// https://www.postgresql.org/docs/current/errcodes-appendix.html: connection, rollback by
    /// deadlock, resources, operator intervention, system error; and a standby that was written to.
    Set<String> POSTGRESQL_AWAY = Set.of("08", "40", "53", "57", "58");

    /// That the database is away, where that lies behind a failure: as a cause, or among what was
    /// suppressed, which is where a transaction that couldn't be ended has its reason.
    static Optional<Away> behind(Throwable failure) {
        return behind(failure, DEEPEST_CAUSE);
    }

    private static Optional<Away> behind(Throwable failure, int depth) {
        if (failure instanceof SQLException sql && of(sql) instanceof Away away) {
            return Optional.of(away);
        }
        if (depth == 0) {
            return Optional.empty();
        }
        return Stream.concat(
                        Stream.ofNullable(failure.getCause()),
                        Arrays.stream(failure.getSuppressed()))
                .flatMap(reason -> behind(reason, depth - 1).stream())
                .findFirst();
    }

    static Failure of(SQLException failure) {
        for (@Nullable Throwable at = failure; at != null; at = next(at)) {
            if (at instanceof SQLiteException sqlite) {
                return ofSqlite(sqlite);
            }
            if (at instanceof PSQLException postgresql) {
                return ofPostgresql(postgresql);
            }
        }
        return new Away(text(failure));
    }

    /// The exceptions that say what is wrong may hang on a batch's as the next or as the cause.
    private static @Nullable Throwable next(Throwable failure) {
        if (failure instanceof SQLException sql && sql.getNextException() != null) {
            return sql.getNextException();
        }
        return failure.getCause();
    }

    private static Failure ofSqlite(SQLiteException failure) {
        var code = failure.getResultCode().code;
        if (SQLITE_TAKEN.contains(code)) {
            return new Taken(text(failure), text(failure));
        }
        return SQLITE_AWAY.contains(code & 0xff)
                ? new Away(text(failure))
                : new Refused(text(failure));
    }

    private static Failure ofPostgresql(PSQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        if (state.equals("23505")) {
            var server = failure.getServerErrorMessage();
            var key = server == null ? null : server.getConstraint();
            return new Taken(key == null ? text(failure) : key, text(failure));
        }
        var away =
                state.length() < 2
                        || POSTGRESQL_AWAY.contains(state.substring(0, 2))
                        || state.equals("25006");
        return away ? new Away(text(failure)) : new Refused(text(failure));
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}

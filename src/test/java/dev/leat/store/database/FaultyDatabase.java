package dev.leat.store.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An SQLite database whose connection breaks when a test says so.
public final class FaultyDatabase extends Database {

    private static final Set<String> CALLS =
            Set.of("prepareStatement", "executeUpdate", "executeBatch", "executeQuery", "commit");

    private final Database real;
    private final AtomicInteger untilFailure = new AtomicInteger();
    private volatile boolean failAfterCommit;
    private volatile @Nullable Meanwhile meanwhile;
    private volatile boolean away;
    private volatile long mostPages;

    public FaultyDatabase(String url) {
        super(Databases.settings(url));
        this.real = Databases.migrated(url);
    }

    /// The n-th call from now fails before it does anything. 0 for none.
    public void failAtCall(int call) {
        untilFailure.set(call);
    }

    /// The next commit takes place, and fails.
    public void failAfterCommit() {
        failAfterCommit = true;
    }

    /// The next commit doesn't take place: everything is undone, something else happens in the
    /// database, and then it fails.
    public void failCommitAfter(Meanwhile what) {
        meanwhile = what;
    }

    /// What others do.
    @FunctionalInterface
    public interface Meanwhile {
        void happens(Connection connection) throws SQLException;
    }

    /// Nobody can connect, and who is connected can do nothing.
    public void away(boolean away) {
        this.away = away;
    }

    /// The disk is full once the file has so many pages.
    public void mostPages(long pages) {
        mostPages = pages;
        failAtCall(1);
    }

    @Override
    public Connection openWriter() throws SQLException {
        if (away) {
            throw new SQLException("away");
        }
        var connection = real.openWriter();
        if (mostPages > 0) {
            try (var statement = connection.createStatement()) {
                statement.execute("pragma max_page_count = " + mostPages);
            }
        }
        return (Connection) faulty(connection, Connection.class);
    }

    public List<Long> numbers(String query) throws SQLException {
        try (var connection = real.openWriter();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var numbers = new ArrayList<Long>();
            while (result.next()) {
                numbers.add(result.getLong(1));
            }
            return numbers;
        }
    }

    private Object faulty(Object real, Class<?> type) {
        InvocationHandler handler = (_, method, arguments) -> call(real, method, arguments);
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private @Nullable Object call(
            Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (CALLS.contains(method.getName())) {
            if (away || untilFailure.getAndUpdate(n -> n > 0 ? n - 1 : 0) == 1) {
                throw new SQLException("broken at " + method.getName());
            }
        }
        var others = meanwhile;
        if (method.getName().equals("commit") && others != null) {
            meanwhile = null;
            // Over the same connection, as SQLite has but one that writes.
            var connection = (Connection) target;
            connection.rollback();
            others.happens(connection);
            connection.commit();
            throw new SQLException("broken instead of a commit");
        }
        try {
            var answer = method.invoke(target, arguments);
            if (method.getName().equals("commit") && failAfterCommit) {
                failAfterCommit = false;
                throw new SQLException("broken after commit");
            }
            return answer instanceof PreparedStatement
                    ? faulty(answer, PreparedStatement.class)
                    : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

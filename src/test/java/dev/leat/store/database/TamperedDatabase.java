package dev.leat.store.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A database of which a test takes a commit into its own hands.
public final class TamperedDatabase extends Database {

    private static final String COMMIT = ";\ncommit";

    private final AtomicReference<@Nullable Commit> next = new AtomicReference<>();

    public TamperedDatabase(String url) {
        super(Databases.settings(url));
    }

    /// What becomes of a commit, instead of it.
    @FunctionalInterface
    public interface Commit {

        /// @param connection the test's from now on: it isn't closed by others any more
        void of(Connection connection) throws SQLException;
    }

    /// The next one, whichever connection it is of.
    public void nextCommit(Commit instead) {
        next.set(instead);
    }

    @Override
    public Connection openWriter() throws SQLException {
        var real = super.openWriter();
        var given = new boolean[1];
        return proxy(
                Connection.class,
                (_, method, arguments) -> {
                    if (method.getName().equals("close") && given[0]) {
                        return null;
                    }
                    var message =
                            method.getName().equals("prepareStatement")
                                    && ((String) arguments[0]).endsWith(COMMIT);
                    var instead =
                            message || method.getName().equals("commit")
                                    ? next.getAndSet(null)
                                    : null;
                    if (instead == null) {
                        return invoke(real, method, arguments);
                    }
                    if (!message) {
                        given[0] = true;
                        instead.of(real);
                        return null;
                    }
                    return withoutCommit(
                            real,
                            (String) arguments[0],
                            () -> {
                                given[0] = true;
                                instead.of(real);
                            });
                });
    }

    /// What is sent together with its commit, up to that.
    private static PreparedStatement withoutCommit(Connection real, String sql, Then then)
            throws SQLException {
        var statement = real.prepareStatement(sql.substring(0, sql.length() - COMMIT.length()));
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> {
                    var answer = invoke(statement, method, arguments);
                    if (method.getName().equals("execute")) {
                        then.happens();
                    }
                    return answer;
                });
    }

    private interface Then {
        void happens() throws SQLException;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(
            Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

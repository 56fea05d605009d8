package dev.leat.store.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A database of which a test takes a commit into its own hands.
public final class TamperedDatabase extends Database {

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
        return (Connection)
                Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("close") && given[0]) {
                                return null;
                            }
                            var instead =
                                    method.getName().equals("commit") ? next.getAndSet(null) : null;
                            if (instead != null) {
                                given[0] = true;
                                instead.of(real);
                                return null;
                            }
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}

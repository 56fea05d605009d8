package dev.leat.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// A datasource that remembers what it was asked.
final class AskedQuestions {

    final List<String> questions = new ArrayList<>();
    private final String url;

    AskedQuestions(String url) {
        this.url = url;
    }

    DataSource source() {
        return (DataSource)
                Proxy.newProxyInstance(
                        AskedQuestions.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (_, _, _) -> remembering(DriverManager.getConnection(url)));
    }

    private Connection remembering(Connection connection) {
        return (Connection)
                Proxy.newProxyInstance(
                        AskedQuestions.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")) {
                                questions.add((String) arguments[0]);
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getTargetException();
                            }
                        });
    }

    /// What SQLite would do to answer it, step by step.
    List<String> plan(String question) throws SQLException {
        var steps = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("explain query plan " + question)) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }
}

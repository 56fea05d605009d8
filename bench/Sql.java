import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Questions to a database.
final class Sql {

    private Sql() {}

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            return found.next() ? found.getString(1) : "";
        }
    }

    /// The first column of each row.
    static double[] numbers(Connection connection, String sql) throws SQLException {
        var numbers = new ArrayList<Double>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            while (found.next()) {
                numbers.add(found.getDouble(1));
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    static List<Long> longs(Connection connection, String sql) throws SQLException {
        var numbers = new ArrayList<Long>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            while (found.next()) {
                numbers.add(found.getLong(1));
            }
        }
        return numbers;
    }
}

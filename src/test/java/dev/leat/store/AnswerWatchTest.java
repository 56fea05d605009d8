package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.database.Failure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerWatchTest {

    private EmbeddedPostgres server;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void a_server_that_stops_in_the_middle_of_an_answer_is_given_up() throws Exception {
        try (var connection = connection(200);
                var watch = AnswerWatch.of(connection)) {
            var process = process(connection);
            signal("STOP", process);
            try {
                assertThatThrownBy(() -> watch.over(() -> execute(connection, "select 1")))
                        .isInstanceOf(SQLException.class)
                        .satisfies(
                                lost ->
                                        assertThat(Failure.of((SQLException) lost))
                                                .isInstanceOf(Failure.Away.class));
            } finally {
                signal("CONT", process);
            }
        }
    }

    @Test
    void other_questions_have_the_drivers_own_bound_also_after_one_that_failed() throws Exception {
        try (var connection = connection(1234);
                var watch = AnswerWatch.of(connection)) {
            watch.over(() -> assertThat(connection.getNetworkTimeout()).isZero());
            assertThat(connection.getNetworkTimeout()).isEqualTo(1234);
            assertThatThrownBy(() -> watch.over(() -> execute(connection, "select 1 / 0")))
                    .hasMessageContaining("division by zero");
            assertThat(connection.getNetworkTimeout()).isEqualTo(1234);
        }
    }

    @Test
    void a_connection_that_is_to_wait_for_ever_is_not_watched() throws Exception {
        try (var connection = connection(0)) {
            assertThat(AnswerWatch.of(connection)).isNull();
        }
    }

    private Connection connection(int longest) throws SQLException {
        var connection = server.getPostgresDatabase().getConnection();
        connection.setNetworkTimeout(Runnable::run, longest);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long process(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static void signal(String name, long process) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process)).start();
        assertThat(kill.waitFor(Duration.ofSeconds(10))).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}

package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How two nodes on one PostgreSQL share what there is to do, and how soon one has what another
/// leaves behind.
class NodesSharingIT extends TwoNodes {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final int TIMES = 3;

    /// Ends when its gate is opened.
    private static final String GATED =
            """
            {"id": "gated", "tasks": [
              {"id": "it", "type": "shell", "with": {"command": "while [ ! -e '%s' ]; do sleep 0.05; done"}}]}""";

    @TempDir Path folder;

    /// The first has room for one run, the second for three.
    @BeforeEach
    void little_room() {
        room(first(), 1);
        room(second(), 3);
    }

    @Test
    void each_node_gets_as_many_runs_as_it_has_room_for() throws IOException {
        var gate = folder.resolve("gate");
        stand.driver.store("gated", GATED.formatted(gate));
        var runs = IntStream.range(0, 5).mapToObj(_ -> stand.startOn(first(), "gated")).toList();
        Stand.await(
                "both are full",
                PATIENCE,
                () -> carried(first()) == 1 && carried(second()) == 3 && waiting() == 1);
        Files.createFile(gate);
        for (var run : runs) {
            assertThat(second().leat().ended(run)).containsEntry("state", "SUCCESS");
        }
    }

    @Test
    void what_a_node_is_not_told_of_it_finds_by_looking() throws IOException {
        var gate = folder.resolve("gate");
        stand.driver.store("gated", GATED.formatted(gate));
        var full = stand.startOn(first(), "gated");
        Stand.await("the first is full", PATIENCE, () -> carried(first()) == 1);
        // From now on it hears nothing.
        second().faults().arm(Failpoint.NEWS_HEARD, "hold");
        var found = stand.startOn(first(), Shape.INSIDE.id());
        assertThat(second().leat().ended(found)).containsEntry("state", "SUCCESS");
        assertThat(second().faults().fired().getLast()).isEqualTo("NEWS_HEARD hold");
        assertThat(first().leat().get("/api/runs/" + full)).containsEntry("state", "RUNNING");
        Files.createFile(gate);
        assertThat(first().leat().ended(full)).containsEntry("state", "SUCCESS");
    }

    /// By the database's times. Where the machine has too much else to do, one of several.
    @Test
    void runs_of_a_killed_node_go_on_within_the_lease_two_renewals_and_a_look() {
        var bound = LEASE.plus(RENEW.multipliedBy(2)).plus(LOOK_EVERY);
        var took = new ArrayList<Duration>();
        while (took.size() < TIMES && took.stream().noneMatch(each -> each.compareTo(bound) < 0)) {
            var run = stand.startOn(first(), "long");
            Stand.await("it runs", PATIENCE, () -> begun(List.of(run), 1) == 1);
            first().leat().kill();
            Stand.await("it runs elsewhere", PATIENCE, () -> begun(List.of(run), 2) == 1);
            took.add(fromLastRenewalToSecondAttempt(run));
            bothAreThere();
        }
        assertThat(took).as("at most %s", bound).anyMatch(each -> each.compareTo(bound) < 0);
        // It can't be sooner than that.
        assertThat(took).allMatch(each -> each.compareTo(LEASE) > 0);
        assertNothingViolated();
    }

    private void room(Node node, int runs) {
        node.leat().terminate();
        node.leat().with("-Dleat.engine.max-running-runs=" + runs).serve();
    }

    /// Unfinished runs that the node carries, as the tables say.
    private long carried(Node node) {
        return number(
                "select count(*) from run r join node n on n.id = r.owner where r.state = 'RUNNING' and n.url like '%:"
                        + node.leat().address("/").getPort()
                        + "'");
    }

    private long waiting() {
        return number("select count(*) from run where state = 'QUEUED' and owner is null");
    }

    private Duration fromLastRenewalToSecondAttempt(String run) {
        var again =
                stand.stored().runs().get(run).historyOf("it").stream()
                        .filter(step -> step.state().equals("RUNNING") && step.attempt() == 2)
                        .findFirst()
                        .orElseThrow();
        var heard = number("select max(seen_at) from node where state = 'LOST'");
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(again.at() - heard));
    }

    private long number(String question) {
        try (var connection =
                        DriverManager.getConnection(
                                database.url(), Postgresql.USER, Postgresql.USER);
                var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}

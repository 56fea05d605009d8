package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two nodes on one PostgreSQL, of which one dies, or its database fails, at the moments that only
/// nodes have.
class NodesAtFailpointsIT extends TwoNodes {

    /// At LETTING_GO it has lost its runs already, and still carries them.
    @ParameterizedTest
    @EnumSource(names = {"LEASE_RENEWING", "LETTING_GO"})
    void a_node_with_runs_that_is_killed_at(Failpoint point) {
        var runs = startOn(first());
        Stand.await("they run", PATIENCE, () -> begun(runs, 1) == runs.size());
        first().faults().arm(point, "halt@1");
        if (point == Failpoint.LETTING_GO) {
            proxy.cut();
        }
        assertKilledAt(point, first());
        Stand.await("the other node has taken over", PATIENCE, () -> begun(runs, 2) == runs.size());
        proxy.mend();
        bothAreThere();
        assertNothingViolated();
    }

    /// At FENCED the runs are nobody's, and nobody knows; at TAKING they are the dead node's.
    @ParameterizedTest
    @EnumSource(names = {"FENCED", "TAKING"})
    void a_node_that_takes_over_and_is_killed_at(Failpoint point) {
        var runs = startOn(first());
        Stand.await("they run", PATIENCE, () -> begun(runs, 1) == runs.size());
        second().faults().arm(point, "halt@1");
        first().leat().kill();
        assertKilledAt(point, second());
        first().leat().serve();
        Stand.await("the first has them again", PATIENCE, () -> begun(runs, 2) == runs.size());
        bothAreThere();
        assertNothingViolated();
    }

    /// What it can't claim, decide or read it tries again.
    @ParameterizedTest
    @EnumSource(names = {"CLAIMING", "LOCKING", "READING"})
    void a_node_that_takes_over_while_its_database_fails_at(Failpoint point) {
        var runs = startOn(first());
        var line =
                IntStream.range(0, 5)
                        .mapToObj(_ -> stand.startOn(first(), Shape.LINE.id()))
                        .toList();
        Stand.await("they run", PATIENCE, () -> begun(runs, 1) == runs.size());
        int before = second().faults().fired().size();
        // A lock is asked for twice before anybody hears of it.
        second().faults()
                .arm(Map.of(point, "throw:sql@1+throw:sql@2+throw:sql@3+throw:sql@4+throw:sql@6"));
        first().leat().kill();
        Stand.await("the other node has taken over", PATIENCE, () -> begun(runs, 2) == runs.size());
        // Whatever is asked of it meanwhile.
        var asked =
                IntStream.range(0, 5)
                        .mapToObj(
                                _ ->
                                        CompletableFuture.supplyAsync(
                                                () -> stand.driver.startForSure(Shape.LINE.id(), 1),
                                                clients))
                        .toList();
        assertThat(asked.stream().map(CompletableFuture::join)).doesNotContainNull();
        assertThat(line).hasSize(5);
        Stand.await(
                "it failed each time",
                PATIENCE,
                () -> second().faults().fired().size() == before + 5);
        assertThat(second().faults().fired()).contains(point + " throw");
        bothAreThere();
        assertNothingViolated();
    }

    private static void assertKilledAt(Failpoint point, Node node) {
        assertThat(node.leat().ends(PATIENCE)).as("the node was killed at %s", point).isTrue();
        assertThat(node.faults().fired().getLast()).isEqualTo(point + " halt");
    }
}

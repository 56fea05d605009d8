package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Two nodes on one PostgreSQL, of which one is held up, cut off, or asked to go.
class NodesIT extends TwoNodes {

    @Test
    void a_run_that_waits_is_claimed_by_one_node() {
        var asked =
                IntStream.range(0, 30)
                        .mapToObj(
                                _ ->
                                        CompletableFuture.supplyAsync(
                                                () -> stand.driver.startForSure(Shape.LINE.id(), 2),
                                                clients))
                        .toList();
        asked.forEach(CompletableFuture::join);
        assertNothingViolated();
    }

    @Test
    void the_same_key_asked_of_both_nodes_at_once_starts_one_run() {
        var asked =
                IntStream.range(0, 20)
                        .mapToObj(
                                _ ->
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        stand.driver.startForSure(
                                                                Shape.INSIDE.id(), 1, "one-key"),
                                                clients))
                        .toList();
        assertThat(asked.stream().map(CompletableFuture::join).distinct())
                .hasSize(1)
                .doesNotContainNull();
        assertNothingViolated();
    }

    @Test
    void a_node_that_was_held_up_for_longer_than_its_lease_has_no_say_any_more() {
        var runs = startOn(first());
        Stand.await("they run", PATIENCE, () -> begun(runs, 1) == runs.size());
        var pids = pids(runs);
        first().pause();
        Stand.await("the other node has taken over", PATIENCE, () -> begun(runs, 2) == runs.size());
        first().goOn();
        Stand.await(
                "its processes are ended",
                PATIENCE,
                () ->
                        pids.stream()
                                .noneMatch(
                                        pid ->
                                                ProcessHandle.of(pid)
                                                        .map(ProcessHandle::isAlive)
                                                        .orElse(false)));
        assertThat(ended(runs, 1)).as("tasks that the node ended after it had lost them").isZero();
        assertNothingViolated();
        assertThat(
                        stand.stored().runs().values().stream()
                                .filter(run -> runs.contains(run.id()))
                                .map(run -> run.tasks().get("it").attempt()))
                .containsOnly(2);
    }

    @Test
    void a_node_that_is_cut_from_the_database_ends_its_tasks_before_others_begin_them() {
        var runs = startOn(first());
        Stand.await("they run", PATIENCE, () -> begun(runs, 1) == runs.size());
        proxy.cut();
        Stand.await("the other node has taken over", PATIENCE, () -> begun(runs, 2) == runs.size());
        proxy.mend();
        assertNothingViolated();
        assertNoTwoAtOnce(runs);
        // It is a node again, and has all its slots.
        var again = new ArrayList<String>();
        Stand.await(
                "the node works again",
                PATIENCE,
                () -> stand.startedOn(first(), Shape.INSIDE.id(), again));
        stand.awaitEnds(PATIENCE);
    }

    @Test
    void a_node_that_is_asked_to_go_hands_its_runs_over() {
        var runs = startOn(first());
        var others =
                Stream.of(Shape.CHAIN, Shape.FLAKY, Shape.NAP)
                        .map(shape -> stand.driver.startForSure(shape.id(), 1))
                        .toList();
        Stand.await("they run", PATIENCE, () -> begun(runs, 1) == runs.size());
        first().leat().terminate();
        Stand.await("the other node has taken over", LEASE, () -> begun(runs, 2) == runs.size());
        assertThat(others).doesNotContainNull();
        assertNothingViolated();
        assertNoTwoAtOnce(runs);
    }

    @Test
    void a_node_that_is_killed_is_replaced_and_what_must_not_run_twice_does_not() {
        var runs = startOn(first());
        var careful =
                IntStream.range(0, 5)
                        .mapToObj(_ -> stand.startOn(first(), Shape.CAREFUL.id()))
                        .toList();
        Stand.await("they run", PATIENCE, () -> begun(runs, 1) == runs.size());
        first().leat().kill();
        Stand.await("the other node has taken over", PATIENCE, () -> begun(runs, 2) == runs.size());
        // It ends what it left running.
        first().leat().serve();
        assertThat(careful).doesNotContainNull();
        assertNothingViolated();
    }

    private List<Long> pids(List<String> runs) {
        return stand.ledger.lines().stream()
                .filter(line -> runs.contains(line.run()))
                .map(Ledger.Line::pid)
                .toList();
    }

    /// The first attempt had written its last line before the second wrote its first.
    private void assertNoTwoAtOnce(List<String> runs) {
        for (var run : runs) {
            var lines =
                    stand.ledger.lines().stream()
                            .filter(line -> line.run().equals(run) && line.task().equals("it"))
                            .toList();
            var last =
                    lines.stream()
                            .filter(line -> line.attempt() == 1)
                            .mapToLong(Ledger.Line::monotonic)
                            .max()
                            .orElseThrow();
            var first =
                    lines.stream()
                            .filter(line -> line.attempt() == 2)
                            .mapToLong(Ledger.Line::monotonic)
                            .min()
                            .orElseThrow();
            assertThat(Duration.ofNanos(first - last))
                    .as("between the attempts of %s", run)
                    .isPositive();
        }
    }
}

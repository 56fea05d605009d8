package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fault.Ledger.What;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one PostgreSQL, of which one is held up, cut off, or asked to go.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesIT {

    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Its first attempt takes longer than anything that the tests do to a node.
    private static final String LONG =
            """
            {"id": "long", "defaults": {"env": {"LEDGER": "%s"}}, "tasks": [
              {"id": "it", "type": "ledger.note", "with": {"millis": 20000, "once": true}},
              {"id": "after", "type": "ledger.note", "dependsOn": "it", "with": {"from": "it", "nonceOf": "${ tasks.it.output.nonce }"}}]}""";

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private Postgresql database;
    private Proxy proxy;
    private Stand stand;

    @BeforeAll
    void start(@TempDir Path folder) {
        database = new Postgresql(folder.resolve("postgresql"));
        proxy = new Proxy(database.port());
        stand =
                Stand.ofNodes(
                        folder,
                        database.url(),
                        List.of(proxy.url(), database.url()),
                        "-Dleat.cluster.lease=" + LEASE.toMillis() + "ms",
                        "-Dleat.cluster.renew=500ms",
                        "-Dleat.engine.drain-timeout=500ms");
        first().leat().serve();
        second().leat().serve();
        stand.storeShapes(
                Shape.CHAIN, Shape.FLAKY, Shape.NAP, Shape.INSIDE, Shape.LINE, Shape.CAREFUL);
    }

    @AfterAll
    void stop() {
        clients.close();
        stand.close();
        proxy.close();
        database.close();
    }

    @AfterEach
    void bothAreThere() {
        for (var node : stand.nodes) {
            if (!node.leat().isAlive()) {
                node.leat().serve();
            }
        }
    }

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

    private Node first() {
        return stand.nodes.getFirst();
    }

    private Node second() {
        return stand.nodes.getLast();
    }

    private List<String> startOn(Node node) {
        stand.driver.store("long", LONG.formatted(stand.ledger.file()));
        return IntStream.range(0, 3).mapToObj(_ -> stand.startOn(node, "long")).toList();
    }

    private long begun(List<String> runs, int attempt) {
        return count(runs, attempt, What.START);
    }

    private long ended(List<String> runs, int attempt) {
        return count(runs, attempt, What.END);
    }

    private long count(List<String> runs, int attempt, What what) {
        return stand.ledger.lines().stream()
                .filter(line -> runs.contains(line.run()) && line.task().equals("it"))
                .filter(line -> line.attempt() == attempt && line.what() == what)
                .count();
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

    private void assertNothingViolated() {
        stand.awaitEnds(PATIENCE);
        var ends = new HashMap<>(Shape.allEnds());
        ends.put("long", Set.of("SUCCESS"));
        assertThat(Auditor.audit(stand.evidence(ends, false))).isEmpty();
    }
}

package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fault.Ledger.What;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one PostgreSQL, of which the first reaches it through a proxy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoNodes {

    static final Duration LEASE = Duration.ofSeconds(4);
    static final Duration RENEW = Duration.ofMillis(500);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Its first attempt takes longer than anything that the tests do to a node.
    private static final String LONG =
            """
            {"id": "long", "defaults": {"env": {"LEDGER": "%s"}}, "tasks": [
              {"id": "it", "type": "ledger.note", "with": {"millis": 20000, "once": true}},
              {"id": "after", "type": "ledger.note", "dependsOn": "it", "with": {"from": "it", "nonceOf": "${ tasks.it.output.nonce }"}}]}""";

    final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    Postgresql database;
    Proxy proxy;
    Stand stand;

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
                        "-Dleat.cluster.renew=" + RENEW.toMillis() + "ms",
                        "-Dleat.engine.drain-timeout=500ms");
        first().leat().serve();
        second().leat().serve();
        stand.storeShapes(
                Shape.CHAIN, Shape.FLAKY, Shape.NAP, Shape.INSIDE, Shape.LINE, Shape.CAREFUL);
        stand.driver.store("long", LONG.formatted(stand.ledger.file()));
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
            node.faults().disarm();
            if (!node.leat().isAlive()) {
                node.leat().serve();
            }
        }
    }

    Node first() {
        return stand.nodes.getFirst();
    }

    Node second() {
        return stand.nodes.getLast();
    }

    List<String> startOn(Node node) {
        return IntStream.range(0, 3).mapToObj(_ -> stand.startOn(node, "long")).toList();
    }

    long begun(List<String> runs, int attempt) {
        return count(runs, attempt, What.START);
    }

    long ended(List<String> runs, int attempt) {
        return count(runs, attempt, What.END);
    }

    private long count(List<String> runs, int attempt, What what) {
        return stand.ledger.lines().stream()
                .filter(line -> runs.contains(line.run()) && line.task().equals("it"))
                .filter(line -> line.attempt() == attempt && line.what() == what)
                .count();
    }

    void assertNothingViolated() {
        stand.awaitEnds(PATIENCE);
        var ends = new HashMap<>(Shape.allEnds());
        ends.put("long", Set.of("SUCCESS"));
        assertThat(Auditor.audit(stand.evidence(ends, false))).isEmpty();
    }
}

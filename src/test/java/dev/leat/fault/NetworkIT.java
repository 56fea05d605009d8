package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A server whose way to PostgreSQL is long, or breaks: runs go on, nothing is lost, and nothing
/// is done twice.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<Shape> SHAPES =
            List.of(Shape.CHAIN, Shape.FLAKY, Shape.NAP, Shape.INSIDE, Shape.EACH, Shape.LINE);

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private Postgresql database;
    private Proxy proxy;
    private Stand stand;

    @BeforeAll
    void start(@TempDir Path folder) {
        database = new Postgresql(folder.resolve("postgresql"));
        proxy = new Proxy(database.port());
        stand = Stand.ofNodes(folder, database.url(), List.of(proxy.url()));
        stand.leat.serve();
        stand.storeShapes(SHAPES.toArray(Shape[]::new));
    }

    @AfterAll
    void stop() {
        clients.close();
        stand.close();
        proxy.close();
        database.close();
    }

    @Test
    void an_answer_of_the_database_that_takes_200_ms_longer_makes_no_difference() {
        proxy.delay(Duration.ofMillis(200));
        try {
            startAll(2);
            stand.awaitEnds(PATIENCE);
        } finally {
            proxy.delay(Duration.ZERO);
        }
        assertThat(stand.audit(Shape.allEnds())).isEmpty();
        assertNoneLost();
    }

    /// The transaction took place, and whoever committed is not told.
    @Test
    void a_connection_that_breaks_with_the_answer_to_a_commit_loses_and_doubles_nothing() {
        int before = proxy.broken();
        proxy.breakEachCommit(5);
        try {
            startAll(5);
            stand.awaitEnds(PATIENCE);
        } finally {
            proxy.breakEachCommit(0);
        }
        assertThat(proxy.broken() - before).isGreaterThan(5);
        assertThat(auditedOnceTheServerHasLooked()).isEmpty();
        assertNoneLost();
    }

    /// What ended with a commit that wasn't answered, the tables know before the server does.
    private List<Violation> auditedOnceTheServerHasLooked() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var violations = stand.audit(Shape.allEnds());
        while (!violations.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            violations = stand.audit(Shape.allEnds());
        }
        return violations;
    }

    private void startAll(int times) {
        var asked =
                IntStream.range(0, times)
                        .boxed()
                        .flatMap(_ -> SHAPES.stream())
                        .map(
                                shape ->
                                        CompletableFuture.supplyAsync(
                                                () -> stand.driver.startForSure(shape.id(), 2),
                                                clients))
                        .toList();
        assertThat(asked.stream().map(CompletableFuture::join)).doesNotContainNull();
    }

    private void assertNoneLost() {
        assertThat(stand.stored().runs().values())
                .flatExtracting(run -> run.tasks().values())
                .allMatch(task -> ((Stored.TaskRow) task).lost() == 0);
    }
}

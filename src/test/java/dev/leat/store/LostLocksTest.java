package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.database.Databases;
import dev.leat.store.database.TamperedDatabase;
import dev.leat.task.Refusal;
import dev.leat.testing.Changes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two nodes that decide about one place, of which the first loses its lock meanwhile: PostgreSQL
/// takes it from who is stopped, and from whose connection is lost.
class LostLocksTest {

    private static final String POOL = "one-place";

    private EmbeddedPostgres server;
    private Deciding first;
    private Deciding second;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedPostgres.builder().start();
        Databases.migrated(url());
        first = new Deciding(1);
        second = new Deciding(2);
    }

    @AfterEach
    void stop() throws Exception {
        first.journal.stop();
        second.journal.stop();
        server.close();
    }

    @Test
    void what_the_first_writes_after_the_second_has_decided_is_not_kept() {
        assertThatThrownBy(
                        () ->
                                first.enterAfter(
                                        () -> {
                                            endLocks();
                                            assertThat(elsewhere(second::enter).join()).isTrue();
                                        }))
                .isInstanceOf(Refusal.Unavailable.class);

        assertThat(holders()).containsExactly(2L);
    }

    @Test
    void the_second_waits_for_what_the_first_is_writing() throws Exception {
        var committing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        first.database.nextCommit(
                connection -> {
                    committing.countDown();
                    await(goOn);
                    connection.commit();
                });
        var entering = elsewhere(first::enter);
        await(committing);
        endLocks();
        var other = elsewhere(second::enter);
        await(() -> other.isDone() || waitsForALock());
        goOn.countDown();

        assertThat(other.join()).isFalse();
        assertThat(entering.join()).isTrue();
        assertThat(holders()).containsExactly(1L);
    }

    /// What is sent together with its commit.
    @Test
    void a_run_that_is_opened_under_a_lost_lock_is_not_kept_and_another_write_beside_it_is() {
        first.write(Changes.revision(1, "w", 1));
        assertThatThrownBy(
                        () ->
                                first.locks.within(
                                        "line",
                                        () -> {
                                            endLocks();
                                            var beside =
                                                    elsewhere(
                                                            () -> {
                                                                first.write(
                                                                        Changes.opened(3, "w", 1));
                                                                return true;
                                                            });
                                            first.write(Changes.opened(2, "w", 1));
                                            return beside;
                                        }))
                .hasCauseInstanceOf(Refusal.Unavailable.class);

        await(() -> numbers("select id from run").equals(List.of(3L)));
        first.locks.within(
                "line",
                () -> {
                    first.write(Changes.opened(2, "w", 1));
                    return null;
                });
        assertThat(numbers("select id from run order by id")).containsExactly(2L, 3L);
    }

    @Test
    void a_lock_within_a_lock_leaves_the_outer_one_as_it_is() {
        assertThat(
                        first.locks.within(
                                "outer",
                                () -> {
                                    first.locks.within("inner", () -> null);
                                    return first.enterNow();
                                }))
                .isTrue();
        assertThat(holders()).containsExactly(1L);
    }

    /// One node.
    private final class Deciding {
        private final long run;
        private final TamperedDatabase database = new TamperedDatabase(url());
        private final Locks locks = new Locks(database);
        private final Journal journal = new Journal(database, new RunFeed());

        private Deciding(long run) {
            this.run = run;
            journal.start();
            // So that its connections are there.
            locks.within(POOL, () -> null);
            journal.write(List.of(new Change.PoolLeft(POOL, run, "t"))).join();
        }

        private void write(Change change) {
            journal.write(List.of(change)).join();
        }

        /// @return whether there was a place
        private boolean enter() {
            return enterAfter(() -> {});
        }

        private boolean enterAfter(Runnable thought) {
            return locks.within(
                    POOL,
                    () -> {
                        var free = holders().isEmpty();
                        thought.run();
                        return free && enterNow();
                    });
        }

        private boolean enterNow() {
            try {
                journal.write(List.of(new Change.PoolEntered(POOL, run, "t"))).join();
                return true;
            } catch (java.util.concurrent.CompletionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : e;
            }
        }
    }

    private String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    private List<Long> holders() {
        return numbers("select run from pool_place where pool = '" + POOL + "'");
    }

    private boolean waitsForALock() {
        return !numbers("select pid from pg_locks where locktype = 'advisory' and not granted")
                .isEmpty();
    }

    /// As the server ends a transaction in which nothing happens.
    private void endLocks() {
        numbers(
                "select 1 from (select distinct pid from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock') as held where pg_terminate_backend(pid, 10000)");
    }

    private List<Long> numbers(String query) {
        return new Reads(server.getPostgresDatabase()).list(query, Columns::number);
    }

    private static CompletableFuture<Boolean> elsewhere(java.util.function.Supplier<Boolean> work) {
        return CompletableFuture.supplyAsync(work).orTimeout(30, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}

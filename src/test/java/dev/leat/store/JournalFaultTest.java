package dev.leat.store;

import static dev.leat.testing.Changes.opened;
import static dev.leat.testing.Changes.revision;
import static dev.leat.testing.Changes.succeeded;
import static dev.leat.testing.Changes.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.database.FaultyDatabase;
import dev.leat.task.Refusal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal while its database misbehaves.
class JournalFaultTest {

    private static final long REVISION = 1;
    private static final long RUN = 2;

    private final FaultyDatabase database;
    private final Journal journal;

    JournalFaultTest(@TempDir Path folder) {
        database = new FaultyDatabase("jdbc:sqlite:" + folder.resolve("leat.db"));
        journal = new Journal(database, new RunFeed());
        journal.start();
        write(revision(REVISION, "w", 1));
        write(opened(RUN, "w", REVISION));
    }

    @AfterEach
    void stop() {
        journal.stop();
    }

    @Test
    void whichever_call_fails_every_write_is_kept_once() throws SQLException {
        long seq = 2;
        for (int call = 1; call <= 12; call++) {
            database.failAtCall(call);
            write(
                    task(RUN, seq++, "a", TaskState.RUNNING),
                    succeeded(RUN, seq++, "a", "output " + call));
            assertThat(database.numbers("select count(*) from transition"))
                    .containsExactly(seq - 1);
        }
        database.failAtCall(0);
        assertThat(journal.statistics().trouble()).isNull();
    }

    @Test
    void a_commit_that_took_place_and_answered_with_an_error_isnt_repeated() throws SQLException {
        database.failAfterCommit();
        write(opened(3, "w", REVISION, "key"));
        database.failAfterCommit();
        write(task(3, 2, "a", TaskState.RUNNING));
        database.failAfterCommit();
        write(revision(4, "w", 2));
        database.failAfterCommit();
        write(new Change.WorkflowDeleted("w", dev.leat.testing.Changes.AT));

        assertThat(database.numbers("select seq from transition where run = 3"))
                .containsExactly(1L, 2L);
        assertThat(database.numbers("select deleted from workflow")).containsExactly(1L);
    }

    @Test
    void a_commit_that_failed_isnt_taken_for_done_where_another_node_has_written_the_same_number() {
        database.failCommitAfter(
                other -> {
                    try (var statement = other.createStatement()) {
                        statement.execute(
                                "insert into transition (run, seq, task, state, attempt, at) values (%d, 2, 'a', 'RUNNING', 1, 1)"
                                        .formatted(RUN));
                    }
                });
        assertThatThrownBy(() -> write(task(RUN, 2, "a", TaskState.RUNNING)))
                .isInstanceOf(java.util.concurrent.CompletionException.class);
    }

    @Test
    void a_refused_write_is_refused_too_when_the_commit_of_those_beside_it_is_uncertain() {
        write(opened(3, "w", REVISION, "taken"));
        database.failAfterCommit();
        // Both are in one batch: the first keeps the committer busy while they come.
        var first = journal.write(List.of(task(RUN, 2, "a", TaskState.READY)));
        var bad = journal.write(List.of(opened(4, "w", REVISION, "taken")));
        var good = journal.write(List.of(task(RUN, 3, "a", TaskState.RUNNING)));
        first.join();
        good.join();
        assertThatThrownBy(bad::join).hasCauseInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void while_the_database_is_away_running_work_waits_and_nothing_new_begins() {
        database.away(true);
        var waiting = journal.write(List.of(task(RUN, 2, "a", TaskState.RUNNING)));
        await(() -> journal.statistics().trouble() != null);

        assertThatThrownBy(() -> write(opened(3, "w", REVISION)))
                .hasCauseInstanceOf(Refusal.Unavailable.class)
                .hasMessageContaining("Nothing new can be stored at the moment");
        var more = journal.write(List.of(task(RUN, 3, "a", TaskState.SUCCESS)));
        assertThat(waiting).isNotDone();
        assertThat(more).isNotDone();

        database.away(false);
        waiting.join();
        more.join();
        write(opened(3, "w", REVISION));
        assertThat(journal.statistics().trouble()).isNull();
    }

    @Test
    void a_full_disk_is_waited_for_and_nothing_is_lost() throws SQLException {
        database.mostPages(100);
        var writes = new java.util.ArrayList<CompletableFuture<Void>>();
        for (int number = 0; number < 200; number++) {
            writes.add(
                    journal.write(
                            List.of(succeeded(RUN, number + 2, "t" + number, "x".repeat(5_000)))));
        }
        await(() -> String.valueOf(journal.statistics().trouble()).contains("full"));

        database.mostPages(1_000_000);
        writes.forEach(CompletableFuture::join);
        assertThat(database.numbers("select count(*) from task_output")).containsExactly(200L);
    }

    @Test
    void the_first_start_that_meets_a_full_disk_is_refused_soon_and_what_is_under_way_waits()
            throws SQLException {
        database.mostPages(1);
        var start = journal.write(largeStart());
        var waiting = journal.write(List.of(succeeded(RUN, 2, "a", "x".repeat(5_000))));

        assertThatThrownBy(() -> start.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(Refusal.Unavailable.class)
                .hasMessageContaining("full");
        assertThat(waiting).isNotDone();
        assertThat(journal.statistics().trouble()).contains("full");

        database.mostPages(1_000_000);
        waiting.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(database.numbers("select count(*) from run")).containsExactly(1L);
    }

    @Test
    void that_a_disk_has_room_again_is_noticed_also_where_nothing_waits() throws SQLException {
        database.mostPages(1);
        var start = journal.write(largeStart());
        assertThatThrownBy(() -> start.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(Refusal.Unavailable.class);
        assertThat(journal.statistics().trouble()).contains("full");

        database.mostPages(1_000_000);
        await(() -> journal.statistics().trouble() == null);
        write(opened(3, "w", REVISION));
        assertThat(database.numbers("select count(*) from task_output")).containsExactly(0L);
    }

    @Test
    void a_journal_that_stops_without_its_database_says_what_wasnt_kept() {
        database.away(true);
        var waiting = journal.write(List.of(task(RUN, 2, "a", TaskState.RUNNING)));
        journal.stop();
        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(Refusal.Unavailable.class)
                .hasMessageContaining("stopped before it could be stored");
        assertThatThrownBy(() -> write(task(RUN, 2, "a", TaskState.RUNNING)))
                .hasCauseInstanceOf(Refusal.Unavailable.class);
    }

    /// Takes pages that the file doesn't have yet.
    private static List<Change> largeStart() {
        return List.of(opened(3, "w", REVISION), succeeded(3, 2, "a", "x".repeat(50_000)));
    }

    @Test
    void what_is_written_in_the_name_of_a_node_that_this_process_no_longer_is_isnt_kept()
            throws SQLException {
        journal.stop();
        var fence = new Changing();
        var ours = new Journal(database, new RunFeed(), fence);
        ours.start();
        ours.write(List.of(task(RUN, 2, "a", TaskState.RUNNING)), 1).join();

        fence.node = 2;
        var late = ours.write(List.of(task(RUN, 3, "a", TaskState.SUCCESS)), 1);
        assertThatThrownBy(late::join).hasCauseInstanceOf(Refusal.Unavailable.class);
        ours.write(List.of(task(RUN, 3, "a", TaskState.READY)), 2).join();
        ours.stop();
        assertThat(database.numbers("select seq from transition where run = 2 order by seq"))
                .containsExactly(1L, 2L, 3L);
    }

    /// A process that comes back as another node.
    private static final class Changing implements Fence {
        private volatile long node = 1;

        @Override
        public long node() {
            return node;
        }

        @Override
        public boolean shared() {
            return false;
        }

        @Override
        public boolean heard() {
            return false;
        }

        @Override
        public void lost(long which, String why) {
            throw new AssertionError(why);
        }
    }

    private void write(Change... changes) {
        journal.write(List.of(changes)).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}

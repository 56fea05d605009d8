package dev.leat.store;

import static dev.leat.testing.Changes.opened;
import static dev.leat.testing.Changes.revision;
import static dev.leat.testing.Changes.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.database.Database;
import dev.leat.store.database.Databases;
import dev.leat.store.database.FaultyDatabase;
import dev.leat.task.Refusal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The journal whose work is done by those who write.
class HelpedJournalTest {

    private static final long REVISION = 1;
    private static final long RUN = 2;
    private static final long NODE = Fence.NONE.node();

    @TempDir Path folder;

    @Test
    void a_thread_that_helps_where_nobody_is_at_it_commits_and_tells_by_itself() throws Exception {
        try (var journal = open(sqlite())) {
            long seq = 2;
            // The committer's own thread may have its turn still, but not for ever.
            while (!toldByItself(journal, seq, false)) {
                seq++;
            }
            assertThat(journal.numbers()).hasSize((int) seq);
        }
    }

    private static boolean toldByItself(Opened journal, long seq, boolean interrupted) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            if (interrupted) {
                                Thread.currentThread().interrupt();
                            }
                            var told = new CompletableFuture<Thread>();
                            journal.writeAndHelp(RUN, seq)
                                    .thenRun(() -> told.complete(Thread.currentThread()));
                            journal.journal.help();
                            assertThat(Thread.interrupted()).isEqualTo(interrupted);
                            return told.join().equals(Thread.currentThread());
                        },
                        Thread::startVirtualThread)
                .join();
    }

    @Test
    void what_is_written_by_those_who_are_told_is_committed_too() throws Exception {
        try (var journal = open(sqlite())) {
            var after =
                    journal.writeAndHelp(RUN, 2)
                            .thenCompose(done -> journal.writeAndHelp(RUN, 3))
                            .thenCompose(done -> journal.write(RUN, 4));
            journal.journal.help();
            after.join();
            assertThat(journal.numbers()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void many_that_help_and_many_that_dont_are_all_told_in_the_order_of_their_calls()
            throws Exception {
        try (var journal = open(sqlite());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var told = Collections.synchronizedList(new ArrayList<Long>());
            var order = new Object();
            var next = new long[] {2};
            var writes = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 3_000; i++) {
                boolean helps = i % 3 != 0;
                threads.submit(
                        () -> {
                            synchronized (order) {
                                var seq = next[0]++;
                                var written =
                                        helps
                                                ? journal.writeAndHelp(RUN, seq)
                                                : journal.write(RUN, seq);
                                writes.add(written.thenRun(() -> told.add(seq)));
                            }
                            if (helps) {
                                journal.journal.help();
                            }
                        });
            }
            threads.close();
            writes.forEach(CompletableFuture::join);
            assertThat(told).hasSize(3_000).isSorted();
            assertThat(journal.numbers()).hasSize(3_001);
        }
    }

    @Test
    void an_interrupt_doesnt_cut_the_connection_of_a_thread_that_helps_and_is_kept()
            throws Exception {
        try (var server = EmbeddedPostgres.builder().start();
                var journal = open(Databases.migrated(server.getJdbcUrl("postgres", "postgres")))) {
            long seq = 2;
            while (!toldByItself(journal, seq, true)) {
                seq++;
            }
            assertThat(journal.numbers()).hasSize((int) seq);
            assertThat(journal.journal.statistics().refused()).isZero();
        }
    }

    @Test
    void a_thread_that_helps_isnt_held_up_while_the_database_is_away() throws Exception {
        var database = new FaultyDatabase("jdbc:sqlite:" + folder.resolve("leat.db"));
        try (var journal = open(database)) {
            database.away(true);
            var writes = new ArrayList<CompletableFuture<Void>>();
            for (long seq = 2; seq < 50; seq++) {
                writes.add(helpedBy(journal, seq).orTimeout(30, TimeUnit.SECONDS).join());
            }
            assertThat(writes).noneMatch(CompletableFuture::isDone);

            database.away(false);
            writes.forEach(CompletableFuture::join);
            assertThat(journal.numbers()).hasSize(49);
            assertThat(journal.journal.statistics().trouble()).isNull();
        }
    }

    @Test
    void a_start_that_was_refused_while_the_database_was_away_isnt_the_last() throws Exception {
        var database = new FaultyDatabase("jdbc:sqlite:" + folder.resolve("leat.db"));
        try (var journal = open(database)) {
            database.away(true);
            var begins = List.<Change>of(opened(RUN + 1, "w", REVISION));
            var refused = new CompletableFuture<CompletableFuture<Void>>();
            Thread.startVirtualThread(
                    () -> {
                        refused.complete(
                                journal.journal.writeAndHelp(begins, NODE, new Sequence()));
                        journal.journal.help();
                    });
            assertThatThrownBy(() -> refused.join().join())
                    .hasCauseInstanceOf(Refusal.Unavailable.class);

            database.away(false);
            while (journal.journal.statistics().trouble() != null) {
                Thread.onSpinWait();
            }
            journal.journal.write(begins).join();
        }
    }

    /// @return what is written, once the thread that helped has gone on
    private static CompletableFuture<CompletableFuture<Void>> helpedBy(Opened journal, long seq) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var written = journal.writeAndHelp(RUN, seq);
                    journal.journal.help();
                    return written;
                },
                Thread::startVirtualThread);
    }

    private Database sqlite() {
        return Databases.migrated("jdbc:sqlite:" + folder.resolve("leat.db"));
    }

    private static Opened open(Database database) {
        var journal = new Journal(database, new RunFeed());
        journal.start();
        journal.write(List.of(revision(REVISION, "w", 1))).join();
        journal.write(List.of(opened(RUN, "w", REVISION))).join();
        return new Opened(database, journal);
    }

    private record Opened(Database database, Journal journal) implements AutoCloseable {

        CompletableFuture<Void> write(long run, long seq) {
            return journal.write(List.of(task(run, seq, "t" + seq, TaskState.RUNNING)), NODE);
        }

        CompletableFuture<Void> writeAndHelp(long run, long seq) {
            return journal.writeAndHelp(
                    List.of(task(run, seq, "t" + seq, TaskState.RUNNING)), NODE, new Sequence());
        }

        List<Long> numbers() throws Exception {
            try (var connection = database.openWriter();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select seq from transition order by seq")) {
                var numbers = new ArrayList<Long>();
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
                return numbers;
            }
        }

        @Override
        public void close() {
            journal.stop();
        }
    }
}

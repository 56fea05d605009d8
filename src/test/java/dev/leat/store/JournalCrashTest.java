package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.database.DatabaseConfig.Durability;
import dev.leat.store.database.Databases;
import dev.leat.testing.Changes;
import dev.leat.testing.Forked;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The journal's process is killed while it writes.
class JournalCrashTest {

    private static final int KILLS = 3;

    @ParameterizedTest
    @EnumSource
    void kill_9_of_a_writing_process_loses_nothing_acknowledged(
            Durability durability, @TempDir Path folder) throws Exception {
        var url = "jdbc:sqlite:" + folder.resolve("leat.db");
        var acknowledged = new HashSet<String>();
        for (int kill = 1; kill <= KILLS; kill++) {
            try (var writer =
                    new Forked(
                            Writer.class, url, String.valueOf(kill * 1_000L), durability.name())) {
                for (int line = 0; line < 500 * kill; line++) {
                    acknowledged.add(writer.line());
                }
                acknowledged.addAll(writer.kill());
            }
        }

        var found = new HashSet<String>();
        try (var connection = Databases.migrated(url).openWriter();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select run, seq from transition")) {
            while (rows.next()) {
                found.add(rows.getLong(1) + "/" + rows.getLong(2));
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(500 * KILLS);
        assertThat(found).containsAll(acknowledged);
    }

    /// Prints each transition once it is acknowledged; several threads write at once.
    static final class Writer {

        private static final int THREADS = 4;

        private Writer() {}

        public static void main(String[] arguments) throws InterruptedException {
            var journal =
                    new Journal(
                            Databases.migrated(arguments[0], Durability.valueOf(arguments[2])),
                            new RunFeed());
            var first = Long.parseLong(arguments[1]);
            journal.start();
            journal.write(List.of(Changes.revision(first, "w" + first, 1))).join();
            for (int thread = 1; thread <= THREADS; thread++) {
                var run = first + thread;
                Thread.startVirtualThread(() -> writeForEver(journal, run, first));
            }
            Thread.currentThread().join();
        }

        private static void writeForEver(Journal journal, long run, long revision) {
            journal.write(List.of(Changes.opened(run, "w" + revision, revision))).join();
            System.out.println(run + "/1");
            for (long seq = 2; ; seq++) {
                journal.write(List.of(Changes.task(run, seq, "a", TaskState.RUNNING))).join();
                System.out.println(run + "/" + seq);
            }
        }
    }
}

package dev.leat.store;

import dev.leat.store.database.Databases;
import dev.leat.testing.Changes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// How fast the journal is. Not a test: `./mvnw -q test-compile exec:java
/// -Dexec.classpathScope=test -Dexec.mainClass=dev.leat.store.JournalBenchmark`
final class JournalBenchmark {

    private static final int STEPS = 40;
    private static final AtomicLong IDS = new AtomicLong(1);

    private final Journal journal;
    private final long revision = IDS.incrementAndGet();

    private JournalBenchmark(Journal journal) {
        this.journal = journal;
        journal.write(List.of(Changes.revision(revision, "bench", 1))).join();
    }

    public static void main(String[] arguments) throws Exception {
        var rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        var folder = Files.createTempDirectory(java.nio.file.Path.of("target"), "bench");
        measure("SQLite", "jdbc:sqlite:" + folder.resolve("leat.db"), rounds);
        try (var server =
                EmbeddedPostgres.builder()
                        // Left to itself it keeps test data in memory.
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start()) {
            measure("PostgreSQL", server.getJdbcUrl("postgres", "postgres"), rounds);
        }
    }

    private static void measure(String name, String url, int rounds) throws Exception {
        var journal = new Journal(Databases.migrated(url), new RunFeed());
        journal.start();
        var bench = new JournalBenchmark(journal);
        for (int round = 1; round <= rounds; round++) {
            System.out.printf("%s, round %d%n", name, round);
            bench.one();
            bench.many(100);
            bench.many(1_000);
            bench.many(10_000);
        }
        journal.stop();
    }

    /// One run after another: each step waits for the disk.
    private void one() {
        var times = new long[50];
        for (int run = 0; run < times.length; run++) {
            var start = System.nanoTime();
            carry(IDS.incrementAndGet());
            times[run] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        System.out.printf(
                "  1 run of %d steps: p50 %.2f ms, %.3f ms a step%n",
                STEPS, times[times.length / 2] / 1e6, times[times.length / 2] / 1e6 / (STEPS + 1));
    }

    private void many(int runs) throws InterruptedException {
        var before = journal.statistics();
        var done = new CountDownLatch(runs);
        var cpu = cpuNanos();
        var start = System.nanoTime();
        for (int run = 0; run < runs; run++) {
            Thread.startVirtualThread(
                    () -> {
                        carry(IDS.incrementAndGet());
                        done.countDown();
                    });
        }
        done.await();
        var seconds = (System.nanoTime() - start) / 1e9;
        var after = journal.statistics();
        var transitions = after.transitions() - before.transitions();
        System.out.printf(
                "  %,6d runs: %,9.0f transitions/s, %,.1f a commit, %.1f us CPU each%n",
                runs,
                transitions / seconds,
                (double) transitions / (after.commits() - before.commits()),
                (cpuNanos() - cpu) / 1e3 / transitions);
    }

    private void carry(long run) {
        journal.write(List.of(Changes.opened(run, "bench", revision))).join();
        for (int step = 0; step < STEPS; step++) {
            journal.write(List.of(Changes.task(run, step + 2, "t" + step, TaskState.RUNNING)))
                    .join();
        }
    }

    private static long cpuNanos() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }
}

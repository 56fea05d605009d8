package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.task.LogKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogHousekeepingTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private final DataDirectory directory;
    private final Map<Long, Run> known = new HashMap<>();

    LogHousekeepingTest(@TempDir Path folder) {
        directory = new DataDirectory(folder.toString());
        directory.hold();
    }

    @AfterEach
    void release() {
        directory.release();
    }

    @Test
    void logs_go_when_their_run_has_ended_long_ago() throws IOException {
        var old = run(40, 35);
        var young = run(40, 29);
        var unfinished = run(400, -1);
        var unknown = write(Ids.firstAt(NOW.minus(Duration.ofDays(50))));
        housekeeping(30, 0).tidy();

        assertThat(folder(old)).doesNotExist();
        assertThat(folder(unknown)).doesNotExist();
        assertThat(folder(young)).isDirectory();
        assertThat(folder(unfinished)).isDirectory();
    }

    @Test
    void where_all_logs_are_too_large_the_oldest_finished_go_first() throws IOException {
        var unfinished = run(9, -1);
        var oldest = run(8, 7);
        var newest = run(5, 4);
        var size = Files.size(folder(newest).resolve("a.1.log"));
        housekeeping(30, 2 * size).tidy();

        assertThat(folder(unfinished)).isDirectory();
        assertThat(folder(oldest)).doesNotExist();
        assertThat(folder(newest)).isDirectory();
    }

    @Test
    void nothing_goes_where_everything_is_kept() throws IOException {
        var old = run(4_000, 3_999);
        housekeeping(0, 0).tidy();
        assertThat(folder(old)).isDirectory();
    }

    @Test
    void the_servers_old_logs_go_too() throws IOException {
        Files.createDirectories(directory.serverLogs());
        var current = Files.writeString(directory.serverLogs().resolve("leat.log"), "");
        var old = Files.writeString(directory.serverLogs().resolve("leat.log.1"), "");
        for (var file : new Path[] {current, old}) {
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(31))));
        }
        housekeeping(30, 0).tidy();
        assertThat(current).exists();
        assertThat(old).doesNotExist();
    }

    /// @param endedDaysAgo negative for a run that goes on
    private long run(int openedDaysAgo, int endedDaysAgo) {
        var id = write(Ids.firstAt(NOW.minus(Duration.ofDays(openedDaysAgo))));
        var run = new Run();
        run.id = id;
        run.finishedAt =
                endedDaysAgo < 0 ? null : Micros.of(NOW.minus(Duration.ofDays(endedDaysAgo)));
        known.put(id, run);
        return id;
    }

    private long write(long id) {
        var free = id;
        while (Files.exists(folder(free))) {
            free++;
        }
        try (var log = logs(new Limits(30, 0)).open(free, "a", 1)) {
            log.append(LogKind.INFO, "x");
        }
        return free;
    }

    private Path folder(long run) {
        return directory.logs().resolve(Ids.text(run));
    }

    private RunLogs logs(LogsConfig config) {
        return new RunLogs(directory, config, InstantSource.fixed(NOW));
    }

    private LogHousekeeping housekeeping(int keep, long maxTotalBytes) {
        var config = new Limits(keep, maxTotalBytes);
        var runs =
                new RunStore(new Reads(null)) {
                    @Override
                    public Optional<Run> run(long id) {
                        return Optional.ofNullable(known.get(id));
                    }
                };
        var logs = logs(config);
        var indexer = new LogIndexer(logs, new Reads(null), null, directory, null, config);
        return new LogHousekeeping(
                logs, indexer, runs, directory, config, InstantSource.fixed(NOW));
    }

    private record Limits(int keep, long maxTotalBytes) implements LogsConfig {

        @Override
        public Search search() {
            return () -> false;
        }

        @Override
        public long maxBytesPerAttempt() {
            return 1_000_000;
        }
    }
}

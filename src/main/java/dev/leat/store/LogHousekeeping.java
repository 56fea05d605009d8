package dev.leat.store;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;

/// Deletes logs that are old, and the oldest where all together are too large. Those of
/// unfinished runs stay, whatever their age and size.
@Singleton
class LogHousekeeping {

    private static final Logger LOG = Logger.getLogger(LogHousekeeping.class);

    private final RunLogs logs;
    private final LogIndexer indexer;
    private final RunStore runs;
    private final DataDirectory directory;
    private final LogsConfig config;
    private final InstantSource clock;

    LogHousekeeping(
            RunLogs logs,
            LogIndexer indexer,
            RunStore runs,
            DataDirectory directory,
            LogsConfig config,
            InstantSource clock) {
        this.logs = logs;
        this.indexer = indexer;
        this.runs = runs;
        this.directory = directory;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(
            every = "1h",
            delayed = "5m",
            identity = "log-housekeeping",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tidy() throws IOException {
        if (!directory.held()) {
            return;
        }
        var kept = deleteOld(logs.paths().runs());
        if (config.maxTotalBytes() > 0) {
            deleteExcess(kept);
        }
        deleteOldServerLogs();
    }

    /// Answers the runs whose logs are left.
    private List<Long> deleteOld(List<Long> candidates) throws IOException {
        if (config.keep() == 0) {
            return candidates;
        }
        var oldest = oldest();
        var kept = new ArrayList<Long>();
        for (var run : candidates) {
            // A run can't have ended before it was made.
            if (run < Ids.firstAt(oldest) && finished(run, oldest)) {
                delete(run);
            } else {
                kept.add(run);
            }
        }
        return kept;
    }

    private void deleteExcess(List<Long> candidates) throws IOException {
        var sizes = new ArrayList<Long>();
        long total = 0;
        for (var run : candidates) {
            var size = size(logs.paths().folder(run));
            sizes.add(size);
            total += size;
        }
        for (int at = 0; at < candidates.size() && total > config.maxTotalBytes(); at++) {
            if (finished(candidates.get(at), Instant.MAX)) {
                delete(candidates.get(at));
                total -= sizes.get(at);
            }
        }
    }

    /// The server's own log rotates by size; this is its limit by age.
    private void deleteOldServerLogs() throws IOException {
        var folder = directory.serverLogs();
        if (config.keep() == 0 || !Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> !file.endsWith("leat.log")).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Instant oldest() {
        return clock.instant().minus(Duration.ofDays(config.keep()));
    }

    /// Whether nothing writes there any more and the run ended before. A run that nobody knows has.
    private boolean finished(long run, Instant before) {
        if (logs.open(run)) {
            return false;
        }
        var known = runs.run(run);
        if (known.isEmpty()) {
            return true;
        }
        var end = known.get().finishedAt;
        return end != null && Micros.instant(end).isBefore(before);
    }

    private void delete(long run) {
        indexer.forget(run);
        try (var files = Files.walk(logs.paths().folder(run))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf("The logs of run %s can't be deleted: %s", Ids.text(run), e);
        }
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }
}

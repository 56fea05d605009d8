package dev.leat.store;

import dev.leat.task.LogKind;
import dev.leat.task.TaskLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What tasks write: one file an attempt, capped, with the end always kept. Lines of one run share
/// one numbering from 1, in the order they came, so that the merged log of a run and each
/// attempt's own have the same cursor.
///
/// Lines are with the operating system within a second, so a crash of Leat loses at most the last
/// second of them. Whoever writes never waits for a full disk: what can't be written waits in
/// memory within bounds, also after the attempt's end; the rest is left out, and a mark says so.
@ApplicationScoped
public class RunLogs {

    private static final Logger LOG = Logger.getLogger(RunLogs.class);
    private static final int REMEMBERED_RUNS = 10_000;

    /// Of attempts that have ended while the disk was full.
    private static final long MOST_WAITING_BYTES = 16 * 1024 * 1024;

    /// Characters of lines that are read at once, about.
    static final long MOST_CHARACTERS = 1_000_000;

    private final LogPaths paths;
    private final LogReader reader;
    private final LogsConfig config;
    private final InstantSource clock;
    private final LogFlusher flusher = new LogFlusher();
    private final RunLog.Host host = new Host();
    private final AtomicLong waiting = new AtomicLong();
    private final ConcurrentMap<Long, RunLog> written = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, List<Consumer<Line>>> listeners = new ConcurrentHashMap<>();

    private volatile @Nullable Consumer<RunLog.Attempt> openings;

    /// The last numbers of runs that were written to lately, so that not every attempt has to
    /// look at the files of those before it.
    private final Map<Long, Long> lastNumbers =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
                    return size() > REMEMBERED_RUNS;
                }
            };

    private final ReentrantLock lastNumbersLock = new ReentrantLock();

    RunLogs(DataDirectory directory, LogsConfig config, InstantSource clock) {
        this.paths = new LogPaths(directory.logs());
        this.reader = new LogReader(paths, MOST_CHARACTERS);
        this.config = config;
        this.clock = clock;
    }

    /// The run is new: nothing has to be looked for when its first log is opened.
    public void startEmpty(long run) {
        remember(run, 0);
    }

    /// Opens the log of an attempt; the file is made with the first line. Close it.
    public AttemptLog open(long run, String task, int attempt) {
        var writer = new LogWriter(paths.file(run, task, attempt), config.maxBytesPerAttempt());
        var opened = new RunLog.Attempt[1];
        written.compute(
                run,
                (_, known) -> {
                    var log =
                            known == null
                                    ? new RunLog(run, lastNumber(run), new Telling(run))
                                    : known;
                    opened[0] = log.open(task, attempt, writer, host);
                    return log;
                });
        var hears = openings;
        if (hears != null) {
            hears.accept(opened[0]);
        }
        return opened[0];
    }

    /// Lines with a number above `after`, in order: as many as are asked for, or fewer where they
    /// are so long that they would fill the memory; see [#mayHaveMore].
    ///
    /// @param task null for all tasks
    /// @param attempt 0 for all attempts
    public List<Line> read(long run, @Nullable String task, int attempt, long after, int limit) {
        return consistent(run, upTo -> reader.read(run, task, attempt, after, upTo, limit));
    }

    /// Whether there may be more lines than these, which were read with that limit.
    public static boolean mayHaveMore(List<Line> lines, int limit) {
        return lines.size() >= limit || characters(lines) >= MOST_CHARACTERS;
    }

    private static long characters(List<Line> lines) {
        return lines.stream().mapToLong(line -> line.text().length()).sum();
    }

    /// The last lines, in order; fewer where they are long.
    public List<Line> tail(long run, @Nullable String task, int attempt, int limit) {
        return consistent(run, upTo -> reader.tail(run, task, attempt, upTo, limit));
    }

    /// Hears what is written from now on by this process, in order, on the writer's thread: be
    /// quick. Of many lines at once only the last is heard; numbers tell that some are missing.
    /// Ends with `close`.
    public Subscription follow(long run, Consumer<Line> listener) {
        return Listeners.add(listeners, run, listener);
    }

    LogPaths paths() {
        return paths;
    }

    /// Hears of every log that is opened from now on, on the writer's thread.
    void hearOpenings(Consumer<RunLog.Attempt> listener) {
        openings = listener;
    }

    /// Whether somebody writes to the run's logs at the moment.
    boolean open(long run) {
        return written.containsKey(run);
    }

    void start() {
        flusher.start();
    }

    void stop() {
        flusher.stop();
        written.values().forEach(RunLog::flush);
    }

    /// Reads files only as far as all lines are in them: a line whose predecessors are still
    /// buffered would make a reader's cursor pass over these.
    <T> T consistent(long run, Reading<T> reading) {
        try {
            while (true) {
                var log = written.get(run);
                if (log != null) {
                    return reading.upTo(log.flush());
                }
                var before = remembered(run);
                var lines = reading.upTo(Long.MAX_VALUE);
                // Somebody may have begun to write meanwhile, and may even have ended.
                if (!written.containsKey(run) && Objects.equals(before, remembered(run))) {
                    return lines;
                }
            }
        } catch (IOException e) {
            throw unreadable(run, e);
        }
    }

    private @Nullable Long remembered(long run) {
        lastNumbersLock.lock();
        try {
            return lastNumbers.get(run);
        } finally {
            lastNumbersLock.unlock();
        }
    }

    private long lastNumber(long run) {
        var known = remembered(run);
        try {
            return known == null ? reader.lastNumber(run) : known;
        } catch (IOException e) {
            throw unreadable(run, e);
        }
    }

    private void remember(long run, long last) {
        lastNumbersLock.lock();
        try {
            lastNumbers.remove(run);
            lastNumbers.put(run, last);
        } finally {
            lastNumbersLock.unlock();
        }
    }

    private static UncheckedIOException unreadable(long run, IOException failure) {
        return new UncheckedIOException(
                "The logs of run %s can't be read: %s"
                        .formatted(Ids.text(run), failure.getMessage()),
                failure);
    }

    private final class Telling implements RunLog.Listener {

        private final long run;

        Telling(long run) {
            this.run = run;
        }

        @Override
        public boolean listening() {
            return listeners.containsKey(run);
        }

        @Override
        public void hear(Line line) {
            for (var listener : listeners.getOrDefault(run, List.of())) {
                try {
                    listener.accept(line);
                } catch (RuntimeException e) {
                    LOG.errorf(e, "A listener to the logs of run %s failed.", Ids.text(run));
                }
            }
        }
    }

    private final class Host implements RunLog.Host {

        @Override
        public long micros() {
            return Micros.of(clock.instant());
        }

        @Override
        public void dirty(RunLog.Attempt attempt) {
            flusher.add(attempt);
        }

        @Override
        public boolean waits(RunLog.Attempt attempt, long bytes) {
            if (waiting.addAndGet(bytes) > MOST_WAITING_BYTES) {
                waiting.addAndGet(-bytes);
                LOG.warn("Too many logs wait for room on the disk; the end of one is lost.");
                return false;
            }
            flusher.add(attempt);
            return true;
        }

        @Override
        public void waitsNoMore(long bytes) {
            waiting.addAndGet(-bytes);
        }

        @Override
        public void closed(RunLog log) {
            written.computeIfPresent(
                    log.run(),
                    (run, known) -> {
                        if (!known.idle()) {
                            return known;
                        }
                        remember(run, known.last());
                        return null;
                    });
        }
    }

    /// @param number in the run, from 1
    public record Line(
            long number, Instant at, String task, int attempt, LogKind kind, String text) {}

    public interface AttemptLog extends TaskLog, AutoCloseable {
        /// Writes out what is buffered, and the kept end of a log that was cut.
        @Override
        void close();
    }

    @FunctionalInterface
    interface Reading<T> {
        T upTo(long number) throws IOException;
    }

    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}

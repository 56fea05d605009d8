package dev.leat.store;

import dev.leat.store.database.Database;
import dev.leat.store.database.DatabaseKind;
import dev.leat.store.search.LogIndex;
import dev.leat.store.search.LogIndexWriter;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps the index of what tasks wrote: one thread that reads logs as they grow, and after a start
/// all that aren't in the index yet. It rests three times as long as it works, and nobody ever
/// waits for it.
@Singleton
class LogIndexer implements Runnable {

    private static final Logger LOG = Logger.getLogger(LogIndexer.class);
    private static final String FILE = "logs-index.db";
    private static final String PLACE = "logs.id";
    private static final int PLACE_BYTES = 16;
    private static final int REST = 3;
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long TROUBLE_NANOS = Duration.ofSeconds(15).toNanos();

    private static final int RUNS_AT_ONCE = 50;

    private final RunLogs logs;
    private final Reads reads;
    private final Database database;
    private final DataDirectory directory;
    private final DataSource pool;
    private final boolean enabled;

    private final Queue<Long> deleted = new ConcurrentLinkedQueue<>();
    private final GrowingLogs growing;
    private final ArrayDeque<Long> unseen = new ArrayDeque<>();
    private volatile boolean running;
    private volatile int behind;
    private volatile @Nullable LogIndex index;
    private volatile @Nullable String trouble;
    private @Nullable Thread thread;
    private boolean broken;

    LogIndexer(
            RunLogs logs,
            Reads reads,
            Database database,
            DataDirectory directory,
            DataSource pool,
            LogsConfig config) {
        this.logs = logs;
        this.reads = reads;
        this.database = database;
        this.directory = directory;
        this.pool = pool;
        this.growing = new GrowingLogs(logs.paths());
        this.enabled = config.search().enabled();
    }

    void start() {
        if (!enabled) {
            return;
        }
        running = true;
        logs.hearOpenings(growing::hear);
        thread = Thread.ofPlatform().name("leat-log-index").daemon(true).priority(1).start(this);
    }

    void stop() {
        running = false;
        var stopping = thread;
        thread = null;
        if (stopping == null) {
            return;
        }
        LockSupport.unpark(stopping);
        try {
            stopping.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    boolean enabled() {
        return enabled;
    }

    /// Null until it is there.
    @Nullable LogIndex index() {
        return index;
    }

    /// Why it can't be kept; null while it can.
    @Nullable String trouble() {
        return trouble;
    }

    /// How many runs and logs have lines that aren't in it, about.
    int behind() {
        return behind;
    }

    /// The logs of a run are gone.
    void forget(long run) {
        if (enabled) {
            deleted.add(run);
        }
    }

    @Override
    public void run() {
        while (running) {
            try {
                keep();
            } catch (SQLException | IOException | RuntimeException e) {
                if (running) {
                    tell(e);
                    broken = isBroken(e);
                    LockSupport.parkNanos(this, TROUBLE_NANOS);
                }
            }
        }
    }

    private void tell(Exception e) {
        if (trouble == null) {
            LOG.warnf("The index of logs can't be kept, so the newest aren't found: %s", e);
            LOG.debug("The index of logs", e);
        }
        trouble = String.valueOf(e.getMessage());
    }

    private void keep() throws SQLException, IOException {
        var found = LogIndex.of(database, directory.path().resolve(FILE), pool, place());
        try (var writer = open(found)) {
            index = found;
            unseen.clear();
            unseen.addAll(logs.paths().runs().reversed());
            forgetGone(writer);
            trouble = null;
            while (running) {
                var began = System.nanoTime();
                var more = pass(writer);
                var worked = System.nanoTime() - began;
                LockSupport.parkNanos(
                        this, more ? worked * REST : Math.max(PAUSE_NANOS, worked * REST));
            }
        }
    }

    /// A file that is broken is made anew: all that is in it is in the logs.
    private LogIndexWriter open(LogIndex found) throws SQLException, IOException {
        var name = DataDirectory.machine() + ":" + directory.path();
        try {
            if (!broken) {
                return found.open(name);
            }
        } catch (SQLException e) {
            if (!isBroken(e)) {
                throw e;
            }
        }
        LOG.info("The index of logs is broken, or of another version, and is made anew.");
        for (var ending : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(directory.path().resolve(FILE + ending));
        }
        broken = false;
        return found.open(name);
    }

    private boolean isBroken(Exception failure) {
        return database.kind() == DatabaseKind.SQLITE
                && failure instanceof SQLException e
                && LogIndex.broken(e);
    }

    /// Names the folder of logs, which several nodes may share.
    private String place() throws IOException {
        if (database.kind() == DatabaseKind.SQLITE) {
            return "here";
        }
        var file = directory.logs().resolve(PLACE);
        if (!Files.exists(file)) {
            Files.createDirectories(directory.logs());
            var id = new byte[PLACE_BYTES];
            new SecureRandom().nextBytes(id);
            Files.writeString(file, HexFormat.of().formatHex(id) + "\n");
        }
        return Files.readString(file).strip();
    }

    private void forgetGone(LogIndexWriter writer) throws SQLException {
        if (!writer.begin()) {
            return;
        }
        var kept = new HashSet<>(unseen);
        for (var run : writer.runs()) {
            if (!kept.contains(run)) {
                writer.forgetRun(run);
            }
        }
        writer.commit();
    }

    /// Answers whether there is more to do at once.
    private boolean pass(LogIndexWriter writer) throws SQLException, IOException {
        if (growing.takeNews()) {
            unseen.clear();
            unseen.addAll(logs.paths().runs().reversed());
        }
        behind = unseen.size() + growing.size() + deleted.size();
        if (unseen.isEmpty() && growing.isEmpty() && deleted.isEmpty()) {
            return false;
        }
        if (!writer.begin()) {
            return false;
        }
        try {
            var reading = new LogIndexing(writer, logs.paths(), this::workflow);
            for (var run = deleted.poll(); run != null; run = deleted.poll()) {
                writer.forgetRun(run);
            }
            growing.look(reading);
            lookAtUnseen(reading);
            writer.commit();
            behind = unseen.size() + growing.waiting();
            return !unseen.isEmpty() || reading.more();
        } catch (SQLException | IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    private void lookAtUnseen(LogIndexing reading) throws SQLException, IOException {
        for (int count = 0;
                count < RUNS_AT_ONCE && !unseen.isEmpty() && reading.hasRoom();
                count++) {
            var run = unseen.getFirst();
            var all = true;
            for (var attempt : logs.paths().attempts(run, null, 0)) {
                all &= reading.read(run, attempt);
                if (!logs.open(run)) {
                    // A crash left the end of a cut log beside it. A number below 0 tells that.
                    var end = LogPaths.tail(attempt.file());
                    all &=
                            reading.read(
                                    run,
                                    new LogPaths.Attempt(end, attempt.task(), -attempt.number()));
                }
            }
            if (!all) {
                return;
            }
            unseen.removeFirst();
        }
    }

    /// Empty where nobody knows the run.
    private String workflow(long run) {
        return reads.first("select workflow from run where id = ?", Columns::text, run).orElse("");
    }
}

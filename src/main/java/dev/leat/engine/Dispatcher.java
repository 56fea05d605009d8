package dev.leat.engine;

import dev.leat.store.Claims;
import dev.leat.store.Membership;
import dev.leat.store.RunStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes runs that nobody carries, when this node has room for them: those in line, those whose
/// turn it is in a limited workflow, and those whose node is gone. It is woken when there may be
/// some; only where other nodes share the database it looks by itself now and then.
@ApplicationScoped
class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_AT_ONCE_AMONG_OTHERS = 16;
    private static final int READING_AT_ONCE = 8;
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final WorkflowExecutor executor;
    private final Cancellations cancellations;
    private final RunRequests requests;
    private final AwaitedRuns awaited;
    private final Pools pools;
    private final RunStore runs;
    private final Claims claims;
    private final LimitedLines lines;
    private final Membership membership;
    private final EngineConfig config;

    /// Runs that nobody carries, as far as this node knows: exact where it is alone.
    private final AtomicLong waiting = new AtomicLong();

    /// Whether runs without a node may be left that there was no room for.
    private volatile boolean orphansLeft;

    /// Runs that are about to be put in line by this process.
    private final AtomicLong underWay = new AtomicLong();

    /// How often this process has put runs in line or taken them out.
    private final AtomicLong moves = new AtomicLong();

    private final Semaphore work = new Semaphore(1);
    private volatile boolean stopping;
    private @Nullable Thread thread;

    Dispatcher(
            WorkflowExecutor executor,
            Cancellations cancellations,
            RunRequests requests,
            AwaitedRuns awaited,
            Pools pools,
            RunStore runs,
            Claims claims,
            LimitedLines lines,
            Membership membership,
            EngineConfig config) {
        this.executor = executor;
        this.cancellations = cancellations;
        this.requests = requests;
        this.awaited = awaited;
        this.pools = pools;
        this.runs = runs;
        this.claims = claims;
        this.lines = lines;
        this.membership = membership;
        this.config = config;
    }

    void start() {
        waiting.set(runs.waiting(config.maxUnfinishedRuns()));
        executor.whenRoom(this::roomHere);
        thread = Thread.ofPlatform().name("leat-dispatcher").daemon(true).start(this::dispatch);
    }

    void stop() {
        stopping = true;
        wake();
    }

    /// Runs that wait for a node or for their turn.
    long waiting() {
        return waiting.get();
    }

    /// Whether runs wait for a node, so that a new one comes after them.
    boolean isLine() {
        return waiting.get() > 0 && runs.isLine();
    }

    /// A run is about to be put in line; [#queued] once it is there, [#notQueued] where it isn't.
    void queueing() {
        underWay.incrementAndGet();
        moves.incrementAndGet();
        waiting.incrementAndGet();
    }

    void queued() {
        underWay.decrementAndGet();
        wake();
    }

    void notQueued() {
        left(1);
        underWay.decrementAndGet();
    }

    /// A run that was in line has ended there.
    void left() {
        left(1);
    }

    private void left(int runs) {
        moves.incrementAndGet();
        waiting.updateAndGet(count -> Math.max(0, count - runs));
    }

    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    private void roomHere() {
        if (waiting.get() > 0 || orphansLeft) {
            wake();
        }
    }

    private void dispatch() {
        while (!stopping) {
            try {
                await();
                if (!stopping && membership.holds() && !executor.stopping()) {
                    round();
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (SQLException | RuntimeException trouble) {
                LOG.warnf(
                        "Waiting runs can't be looked at (%s); tried again in %s.",
                        trouble.getMessage(), Words.duration(AFTER_TROUBLE));
                wakeIn(AFTER_TROUBLE);
            }
        }
    }

    private void await() throws InterruptedException {
        if (membership.shared()) {
            work.tryAcquire(config.lookEvery().toNanos(), TimeUnit.NANOSECONDS);
        } else {
            work.acquire();
        }
        work.drainPermits();
    }

    private void round() throws SQLException {
        take(claims.uncertain());
        takeOrphans();
        takeAll(this::queued);
        takeFromLines();
        if (membership.shared()) {
            count();
            cancellations.look();
            requests.look();
            pools.serveAll();
            awaited.lookForAll(run -> executor.find(run).isPresent());
        }
    }

    /// Others put runs in line and take them, too. Only while nothing moves here: a run that is
    /// about to be on disk, or got there since the question, would be left out.
    private void count() {
        var before = moves.get();
        if (underWay.get() == 0) {
            var there = runs.waiting(config.maxUnfinishedRuns());
            if (moves.get() == before) {
                waiting.set(there);
            }
        }
    }

    /// These were not in line. Where those that there is room for are waiting for others of them,
    /// they would wait for ever: what other runs have started goes on beyond it, as it began.
    private void takeOrphans() throws SQLException {
        if (takeAll(claims::orphaned)) {
            orphansLeft = false;
            return;
        }
        if (executor.full()) {
            takeAll(claims::orphanedChildren, this::atOnce);
        }
        orphansLeft = true;
        if (executor.room() > 0) {
            // It came before anybody knew that something is left.
            wake();
        }
    }

    /// What other runs have started and wait for goes on where these take all the room there is:
    /// they would wait for ever.
    private void takeFromLines() {
        if (executor.room() > 0) {
            lines.serve(() -> executor.room() > 0, this::takeFromLine).forEach(this::wakeIn);
        }
        if (executor.full()) {
            lines.serveChildren(executor::full, this::takeFromLine).forEach(this::wakeIn);
        }
    }

    private void takeFromLine(long run) {
        left(1);
        take(List.of(run));
    }

    private void wakeIn(Duration wait) {
        executor.later(wait, this::wake);
    }

    private List<Long> queued(int room) throws SQLException {
        var taken = claims.queued(room);
        left(taken.size());
        return taken;
    }

    private interface Source {
        List<Long> claim(int room) throws SQLException;
    }

    private boolean takeAll(Source source) throws SQLException {
        return takeAll(source, () -> Math.min(executor.room(), atOnce()));
    }

    /// @return whether there are no more; false where the room came to an end first
    private boolean takeAll(Source source, IntSupplier room) throws SQLException {
        for (int some = room.getAsInt(); some > 0 && !stopping; some = room.getAsInt()) {
            var taken = source.claim(some);
            if (taken.isEmpty()) {
                return true;
            }
            take(taken);
        }
        return false;
    }

    private int atOnce() {
        return membership.peers() > 0 ? MOST_AT_ONCE_AMONG_OTHERS : MOST_AT_ONCE;
    }

    /// Returns once all of them are read, so that the room that is left is known.
    private void take(List<Long> claimed) {
        if (claimed.isEmpty()) {
            return;
        }
        var reading = new Semaphore(READING_AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long run : claimed) {
                reading.acquireUninterruptibly();
                threads.execute(
                        () -> {
                            try {
                                executor.take(run);
                            } finally {
                                reading.release();
                            }
                        });
            }
        }
    }
}

package dev.leat.trigger;

import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Backfills;
import dev.leat.engine.firing.ClockFires;
import dev.leat.engine.firing.OpenFires;
import dev.leat.engine.firing.Ownership;
import dev.leat.engine.firing.Triggers;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Sees that triggers fire when their time comes. A tick each second takes what is due within the
/// next two and sets a timer for each, so that a fire is on its moment and a clock that jumps is
/// noticed within a second. What a trigger has fired for is in the ledger; here is only when to
/// look at which.
@ApplicationScoped
class Scheduler {

    private static final Logger LOG = Logger.getLogger(Scheduler.class);
    private static final int AFTER_WORKFLOW_FILES = 6_000;
    private static final Duration AHEAD = Duration.ofSeconds(2);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(1);

    /// How often a tick looks at what can change without being told.
    private static final int TICKS_BETWEEN_LOOKS = 5;

    /// A calendar that was changed moves what is to come.
    private static final int TICKS_BETWEEN_CALENDARS = 15;

    /// Where there are other nodes, one of them may have said something that wasn't heard.
    private static final int TICKS_BETWEEN_RELOADS = 60;

    private final Triggers triggers;
    private final ClockFires clockFires;
    private final OpenFires openFires;
    private final Backfills backfills;
    private final Ownership ownership;
    private final InstantSource clock;
    private final boolean on;
    private final Semaphore turns;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Entry> waiting =
            new ConcurrentSkipListSet<>(Comparator.comparing(Entry::due).thenComparing(Entry::key));
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean lookAgain = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("leat-scheduler").daemon().factory());
    private final Executor threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("leat-fire-", 0).factory());
    private volatile boolean running;

    /// Until what this node has to see to has been read; a database that is away doesn't end it.
    private boolean stale = true;

    private int ticks;

    Scheduler(
            Triggers triggers,
            ClockFires clockFires,
            OpenFires openFires,
            Backfills backfills,
            Ownership ownership,
            InstantSource clock,
            @ConfigProperty(name = "leat.serving") boolean serving,
            @ConfigProperty(name = "leat.triggers.enabled", defaultValue = "true") boolean enabled,
            @ConfigProperty(name = "leat.triggers.at-once", defaultValue = "64") int atOnce) {
        this.triggers = triggers;
        this.clockFires = clockFires;
        this.openFires = openFires;
        this.backfills = backfills;
        this.ownership = ownership;
        this.clock = clock;
        this.on = serving && enabled;
        this.turns = new Semaphore(atOnce);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
    }

    /// When to look at which trigger.
    private record Entry(Instant due, String key, String workflow, String trigger) {}

    void start(@Observes @Priority(AFTER_WORKFLOW_FILES) StartupEvent event) {
        if (!on) {
            return;
        }
        triggers.whenChanged(this::reset);
        openFires.whenNoticed(() -> threads.execute(this::look));
        backfills.whenOneEnds(() -> threads.execute(this::look));
        running = true;
        threads.execute(this::tick);
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
        timer.shutdownNow();
    }

    @Scheduled(
            every = "1s",
            identity = "triggers",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void tick() {
        if (!running) {
            return;
        }
        try {
            stale |= triggers.stale() | ownership.look();
            if (stale || ownership.shared() && ticks % TICKS_BETWEEN_RELOADS == 1) {
                reload();
                stale = false;
            }
            if (ticks % TICKS_BETWEEN_CALENDARS == 0) {
                awaitByCalendars();
            }
            var horizon = clock.instant().plus(AHEAD);
            for (var entry : waiting) {
                if (entry.due().isAfter(horizon)) {
                    break;
                }
                arm(entry);
            }
            if (ticks++ % TICKS_BETWEEN_LOOKS == 0) {
                threads.execute(this::look);
            }
        } catch (Refusal.Unavailable away) {
            LOG.debugf("Triggers are looked at later: %s", away.sentence());
        }
    }

    /// What this node has to see to is others now.
    private void reload() {
        triggers.load();
        var all = triggers.all();
        entries.clear();
        waiting.clear();
        all.forEach(this::await);
        LOG.debugf("This node sees to %d of %d triggers.", entries.size(), all.size());
    }

    private void awaitByCalendars() {
        for (var trigger : triggers.all()) {
            if (trigger.spec().kind() instanceof TriggerSpec.Clock kind
                    && kind.timing().calendar() != null) {
                await(trigger);
            }
        }
    }

    private void reset(String workflow) {
        entries.values()
                .removeIf(entry -> entry.workflow().equals(workflow) && waiting.remove(entry));
        triggers.of(workflow).forEach(this::await);
    }

    private void await(Armed trigger) {
        try {
            if (ownership.has(trigger)) {
                clockFires.next(trigger).ifPresent(due -> await(trigger, due));
            }
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "Trigger '%s' of '%s' can't be scheduled; the others are",
                    trigger.id(),
                    trigger.workflow());
        }
    }

    private void await(Armed trigger, Instant due) {
        var key = trigger.workflow() + '/' + trigger.id();
        var entry = new Entry(due, key, trigger.workflow(), trigger.id());
        var before = entries.put(key, entry);
        if (before != null) {
            waiting.remove(before);
        }
        waiting.add(entry);
        if (due.isBefore(clock.instant().plus(AHEAD))) {
            arm(entry);
        }
    }

    private void arm(Entry entry) {
        if (waiting.remove(entry) && !timer.isShutdown()) {
            var wait = Duration.between(clock.instant(), entry.due());
            timer.schedule(
                    () -> threads.execute(() -> go(entry)),
                    Math.max(0, wait.toNanos()),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void go(Entry entry) {
        turns.acquireUninterruptibly();
        try {
            // It may have been reset since, or be another node's.
            var trigger = triggers.find(entry.workflow(), entry.trigger());
            if (trigger.isPresent()
                    && entries.get(entry.key()) == entry
                    && ownership.has(trigger.get())) {
                fire(entry, trigger.get());
            }
        } finally {
            turns.release();
        }
    }

    private void fire(Entry entry, Armed trigger) {
        try {
            clockFires.settle(trigger);
            await(trigger);
        } catch (Refusal.Unavailable away) {
            LOG.infof(
                    "Trigger '%s' of '%s' fires later: %s",
                    trigger.id(), trigger.workflow(), away.sentence());
            await(trigger, clock.instant().plus(BEFORE_TRYING_AGAIN));
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "Trigger '%s' of '%s' can't fire; it is tried again",
                    trigger.id(),
                    trigger.workflow());
            await(trigger, clock.instant().plus(BEFORE_TRYING_AGAIN.multipliedBy(10)));
        }
    }

    /// Open fires and backfills, one thread at a time.
    private void look() {
        lookAgain.set(true);
        while (running && lookAgain.get() && looking.compareAndSet(false, true)) {
            try {
                lookAgain.set(false);
                while (openFires.settle()) {
                    Thread.onSpinWait();
                }
                backfills.drive();
            } catch (RuntimeException e) {
                LOG.warnf("Open fires are looked at later: %s", e.getMessage());
            } finally {
                looking.set(false);
            }
        }
    }
}

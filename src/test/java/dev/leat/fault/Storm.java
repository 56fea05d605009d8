package dev.leat.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A server under load that is killed again and again, at random moments and at failpoints, and
/// started at once.
final class Storm {

    private static final Duration LONGEST_LIFE = Duration.ofMillis(1_500);
    private static final Duration TO_REACH_A_FAILPOINT = Duration.ofSeconds(2);
    private static final Duration TO_END = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS_AT_CALM = Duration.ofMillis(100);
    private static final Duration LONGEST_BETWEEN_STARTS = Duration.ofMillis(500);
    private static final int CLIENTS = 3;
    private static final int MOST_UNFINISHED = 40;

    /// A run that nobody carries any more is found by the next start, so a storm lets all runs end
    /// now and then.
    private static final int KILLS_BETWEEN_CALMS = 25;

    /// What may be slow or fail without anybody noticing.
    private static final Map<Failpoint, List<String>> NUISANCES =
            Map.ofEntries(
                    Map.entry(Failpoint.BATCH_TAKEN, List.of("sleep:100%0.02")),
                    Map.entry(Failpoint.BATCH_APPLYING, List.of("throw:sql%0.02")),
                    Map.entry(Failpoint.COMMITTING, List.of("throw:sql%0.02", "sleep:200%0.02")),
                    Map.entry(Failpoint.COMMITTED, List.of("throw:sql%0.02", "sleep:200%0.02")),
                    Map.entry(Failpoint.SETTLING, List.of("sleep:100%0.02")),
                    Map.entry(Failpoint.CARRYING_OUT, List.of("sleep:50%0.01")),
                    Map.entry(Failpoint.ATTEMPT_BEGINNING, List.of("sleep:200%0.05")),
                    Map.entry(Failpoint.ATTEMPT_ENDED, List.of("sleep:200%0.05")),
                    Map.entry(Failpoint.REPORTING, List.of("sleep:100%0.05")),
                    Map.entry(Failpoint.TIMER_DUE, List.of("sleep:100%0.1")),
                    Map.entry(Failpoint.STOPPING, List.of("sleep:300%0.2")),
                    Map.entry(Failpoint.RUN_RESUMING, List.of("sleep:50%0.05")),
                    Map.entry(Failpoint.RUN_OPENED, List.of("sleep:100%0.05")));

    private final Stand stand;
    private final Random random;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean calm = new AtomicBoolean();
    private final AtomicInteger canceling = new AtomicInteger();
    private int kills;
    private int halts;
    private int pauses;
    private int disturbances;
    private int calms;

    Storm(Stand stand, long seed) {
        this.stand = stand;
        this.random = new Random(seed);
    }

    int kills() {
        return kills;
    }

    /// How many of the kills happened at a failpoint.
    int halts() {
        return halts;
    }

    /// How often nodes were stopped and let go on, and how often something outside of them was
    /// disturbed.
    int pauses() {
        return pauses;
    }

    int disturbances() {
        return disturbances;
    }

    /// How often all runs were let come to their end.
    int calms() {
        return calms;
    }

    /// @param disturb called in some of the lives, for faults from outside; null for none
    List<Violation> rage(int wanted, @Nullable Runnable disturb) throws InterruptedException {
        stand.nodes.forEach(node -> node.leat().serve());
        stand.storeShapes(Shape.values());
        var clients = new ArrayList<Thread>();
        for (int number = 0; number < CLIENTS; number++) {
            var seed = random.nextLong();
            clients.add(
                    Thread.ofPlatform()
                            .name("client-" + number)
                            .start(() -> ask(new Random(seed))));
        }
        try {
            while (kills < wanted) {
                liveAndDie(stand.nodes.get(random.nextInt(stand.nodes.size())), disturb);
                if (kills % 20 == 0) {
                    System.out.printf(
                            "storm: %d kills, %d runs accepted%n",
                            kills, stand.answers.accepted().size());
                }
                if (kills % KILLS_BETWEEN_CALMS == 0 && kills < wanted) {
                    calm.set(true);
                    letAllEnd();
                    calm.set(false);
                }
            }
        } finally {
            over.set(true);
        }
        stand.nodes.forEach(Storm::ensureServing);
        for (var client : clients) {
            client.join();
        }
        letAllEnd();
        return Auditor.audit(stand.evidence(Shape.allEnds(), stand.nodes.size() == 1));
    }

    private void letAllEnd() {
        stand.nodes.forEach(Storm::ensureServing);
        Stand.await("all cancellations are told", TO_END, () -> canceling.get() == 0);
        stand.awaitEnds(TO_END);
        calms++;
    }

    private void liveAndDie(Node node, @Nullable Runnable disturb) {
        var faults = nuisances();
        var halt = random.nextInt(3) == 0;
        if (halt) {
            var point = Failpoint.values()[random.nextInt(Failpoint.values().length)];
            faults.put(point, "halt@" + (1 + random.nextInt(10)));
        }
        node.faults().arm(faults);
        if (!node.leat().isAlive()) {
            node.leat().launch();
        }
        if (node.leat().servesAfterLaunch()) {
            if (random.nextInt(4) == 0 && disturb != null) {
                disturb.run();
                disturbances++;
            }
            if (stand.nodes.size() > 1 && random.nextInt(5) == 0) {
                pause(node);
            }
            var life = Duration.ofMillis(random.nextLong(LONGEST_LIFE.toMillis()));
            if (node.leat().ends(halt ? TO_REACH_A_FAILPOINT : life)) {
                halts++;
            } else {
                node.leat().kill();
            }
        } else {
            halts++;
        }
        kills++;
        if (stand.nodes.size() > 1) {
            // The others take its runs over while it comes back.
            node.faults().arm(nuisances());
            node.leat().launch();
        }
    }

    /// Somewhat less than a lease, or more.
    private void pause(Node node) {
        if (node.leat().isAlive()) {
            node.pause();
            LockSupport.parkNanos(Duration.ofMillis(random.nextLong(8_000)).toNanos());
            node.goOn();
            pauses++;
        }
    }

    private static void ensureServing(Node node) {
        node.faults().disarm();
        if (!node.leat().isAlive()) {
            node.leat().launch();
        }
        // One that was armed before may still halt.
        while (!node.leat().servesAfterLaunch()) {
            node.leat().launch();
        }
    }

    private Map<Failpoint, String> nuisances() {
        var chosen = new EnumMap<Failpoint, String>(Failpoint.class);
        NUISANCES.forEach(
                (point, choices) -> {
                    if (random.nextInt(3) == 0) {
                        chosen.put(point, choices.get(random.nextInt(choices.size())));
                    }
                });
        return chosen;
    }

    /// A client starts runs as long as there aren't too many unfinished ones, and cancels some.
    private void ask(Random random) {
        var shapes = new ArrayList<Shape>();
        Shape.weights()
                .forEach(
                        (shape, weight) -> {
                            for (int time = 0; time < weight; time++) {
                                shapes.add(shape);
                            }
                        });
        while (!over.get()) {
            if (calm.get()) {
                LockSupport.parkNanos(BETWEEN_LOOKS_AT_CALM.toNanos());
                continue;
            }
            var shape = shapes.get(random.nextInt(shapes.size()));
            if (shape == Shape.CANCELLED) {
                cancelled(random);
            } else if (random.nextBoolean()) {
                stand.driver.startForSure(shape.id(), 1 + random.nextInt(3));
            } else {
                stand.driver.start(shape.id());
            }
            LockSupport.parkNanos(random.nextLong(betweenStarts().toNanos()));
        }
    }

    /// A node alone is mostly starting; several that live would do nothing but run.
    private Duration betweenStarts() {
        return stand.nodes.size() == 1
                ? LONGEST_BETWEEN_STARTS
                : LONGEST_BETWEEN_STARTS.multipliedBy(2L * stand.nodes.size());
    }

    private void cancelled(Random random) {
        canceling.incrementAndGet();
        var run = stand.driver.startForSure(Shape.CANCELLED.id(), 1);
        var after = Duration.ofMillis(random.nextLong(600));
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                if (run != null) {
                                    LockSupport.parkNanos(after.toNanos());
                                    stand.driver.cancel(run);
                                }
                            } finally {
                                canceling.decrementAndGet();
                            }
                        });
    }

    static String[] limits() {
        return new String[] {
            "-Dleat.engine.max-unfinished-runs=" + MOST_UNFINISHED,
            "-Dleat.engine.max-running-tasks=12"
        };
    }
}

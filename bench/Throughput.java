import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// B4: as many runs as can be had.
class Throughput implements Benchmark {

    private static final int TASKS = 3;
    private static final int CEILING_RUNS = 1_000;

    @Override
    public String title() {
        return "many runs of 3 tasks at once";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        var server = bed.server();
        var ceiling = bed.ceiling();
        server.put("short", Workflows.chain("short", TASKS));
        server.put("wide", Workflows.fan("wide", 1_000));
        int runs = bed.size(10_000, 500);
        int rounds = bed.size(5, 2);
        for (int i = 0; i < bed.size(2, 1); i++) {
            submitted(server, "short", 16, runs);
        }
        var submitting =
                measure(bed, report, server, ceiling, "16-submitting", TASKS, runs, rounds,
                        () -> submitted(server, "short", 16, runs));
        measure(bed, report, server, ceiling, "16-waiting", TASKS, runs / 4, rounds,
                () -> awaited(server, "short", 16, runs / 4));
        measure(bed, report, server, ceiling, "200-waiting", TASKS, runs / 4, rounds,
                () -> awaited(server, "short", 200, runs / 4));
        int wide = bed.size(40, 4);
        var large =
                measure(bed, report, server, ceiling, "wide-runs", 1_002, wide, rounds,
                        () -> submitted(server, "wide", 16, wide));
        report.atLeast("durable transitions a second, runs of 3 tasks", 20_000, submitting);
        report.atLeast("durable transitions a second, runs of 1,002 tasks", 20_000, large);
    }

    private static double measure(
            Bed bed, Report report, Server server, Ceiling ceiling, String name, int tasks, int runs, int rounds, Latency.Action action)
            throws Exception {
        var row = report.row(name);
        var seconds = new double[rounds];
        var rates = new double[rounds];
        var ceilings = new double[rounds];
        var shares = new double[rounds];
        var fsyncs = new double[rounds];
        var cost = Cost.NONE;
        double client = 0;
        double syncs = 0;
        for (int round = 0; round < rounds; round++) {
            double before = ceiling.rate(CEILING_RUNS, 20);
            long synced = bed.storage().syncs();
            var spent = server.cost();
            double clientBefore = Processes.own(ProcessHandle.current().pid());
            long from = System.nanoTime();
            action.perform();
            seconds[round] = (System.nanoTime() - from) / 1e9;
            client += Processes.own(ProcessHandle.current().pid()) - clientBefore;
            spent = server.cost().since(spent);
            syncs += bed.storage().syncs() - synced;
            cost = cost.plus(spent);
            ceilings[round] = (before + ceiling.rate(CEILING_RUNS, 20)) / 2;
            rates[round] = spent.transitions() / seconds[round];
            shares[round] = rates[round] / ceilings[round];
            fsyncs[round] = Disk.measure(bed.folder()).p50();
        }
        double middle = Figures.median(seconds);
        row.put("tasks", tasks).put("runs", runs).put("rounds", rounds).put("seconds", middle);
        row.put("runsPerSecond", runs / middle);
        row.put("tasksPerSecond", (double) runs * tasks / middle);
        row.put("transitionsPerSecond", Figures.median(rates));
        row.put("bestRound", Figures.at(rates, 1));
        row.put("ceilingPerSecond", Figures.median(ceilings));
        row.put("shareOfCeiling", Figures.median(shares));
        row.put("shareOfCeilingRange", "%.3f-%.3f".formatted(Figures.at(shares, 0), Figures.at(shares, 1)));
        row.put("fsyncP50Millis", Figures.median(fsyncs));
        double all = (double) runs * tasks * rounds;
        cost.into(row, all);
        if (bed.storage().syncs() >= 0) {
            row.put("walSyncsPerTask", syncs / all);
        }
        row.put("transitionsPerFsync", cost.transitions() / cost.commits());
        row.put("clientCpuMillisPerTask", client / all);
        return Figures.median(rates);
    }

    /// Each connection starts runs and doesn't wait for them; over once the last has ended.
    private static void submitted(Server server, String workflow, int connections, int runs) throws Exception {
        each(server, connections, runs, http -> Server.submit(http, workflow, "{}"));
        server.awaitAllEnded(workflow, Duration.ofMinutes(5));
    }

    /// Each connection waits for its run before it starts the next.
    private static void awaited(Server server, String workflow, int connections, int runs) throws Exception {
        each(server, connections, runs, http -> Server.run(http, workflow, "{}"));
    }

    static void each(Server server, int connections, int runs, Asked asked) throws Exception {
        var left = new AtomicInteger(runs);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < connections; i++) {
                all.add(
                        threads.submit(
                                () -> {
                                    try (var http = server.connect()) {
                                        while (left.decrementAndGet() >= 0) {
                                            asked.ask(http);
                                        }
                                    }
                                    return null;
                                }));
            }
            for (var one : all) {
                one.get();
            }
        }
    }

    @FunctionalInterface
    interface Asked {
        void ask(Http http) throws Exception;
    }
}

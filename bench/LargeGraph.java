import java.time.Duration;
import java.util.Locale;

/// B6: a run of very many tasks.
class LargeGraph implements Benchmark {

    /// Above what a server takes by default: a text of 100,000 tasks has about 6 MB.
    private static final String[] LARGE_TEXTS = {
        "quarkus.http.limits.max-body-size=50M", "leat.workflow.max-bytes=50000000"
    };

    @Override
    public String title() {
        return "runs of 10,000 and 100,000 tasks, each after one or two others";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        report.note(
                "The servers take texts of 50 MB (%s); the default is 5 MB."
                        .formatted(String.join(", ", LARGE_TEXTS)));
        var small = measure(bed, report, bed.size(10_000, 1_000), bed.size(7, 2));
        report.atMost("a graph of 10,000 tasks, s", 1, small);
        var large = measure(bed, report, bed.size(100_000, 10_000), bed.size(3, 1));
        report.atMost("a graph of 100,000 tasks, s", 8, large);
    }

    /// @return seconds from the request to the end, the median
    private static double measure(Bed bed, Report report, int size, int rounds) throws Exception {
        var row = report.row(String.format(Locale.ROOT, "%,d", size));
        var server = bed.server(LARGE_TEXTS);
        var ceiling = bed.ceiling();
        var text = Workflows.graph("graph", size);
        long from = System.nanoTime();
        server.put("graph", text);
        double stored = (System.nanoTime() - from) / 1e6;
        double residentBefore = Processes.residentMegabytes(server.pid());
        var accepted = new double[rounds];
        var took = new double[rounds];
        var answers = new double[rounds];
        var ratios = new double[rounds];
        var ceilings = new double[rounds];
        var cost = Cost.NONE;
        double bytes = 0;
        run(server);
        for (int round = 0; round < rounds; round++) {
            double before = ceiling.rate(1_000, 20);
            var spent = server.cost();
            var once = run(server);
            spent = server.cost().since(spent);
            cost = cost.plus(spent);
            accepted[round] = once.acceptedMillis;
            took[round] = once.endedMillis / 1e3;
            ceilings[round] = (before + ceiling.rate(1_000, 20)) / 2;
            ratios[round] = took[round] / (spent.transitions() / ceilings[round]);
            from = System.nanoTime();
            bytes = server.http().get("/api/runs/" + once.run).length();
            answers[round] = (System.nanoTime() - from) / 1e6;
        }
        row.put("textMegabytes", text.length() / 1e6).put("storeTextMillis", stored);
        row.put("rounds", rounds).put("acceptMillis", Figures.median(accepted));
        row.put("seconds", Figures.median(took));
        row.put("secondsRange", "%.2f-%.2f".formatted(Figures.at(took, 0), Figures.at(took, 1)));
        row.put("tasksPerSecond", size / Figures.median(took));
        row.put("ceilingPerSecond", Figures.median(ceilings));
        row.put("timesCeiling", Figures.median(ratios));
        cost.into(row, (double) rounds * size);
        row.put("answerMillis", Figures.median(answers)).put("answerMegabytes", bytes / 1e6);
        row.put("residentBeforeMegabytes", residentBefore);
        row.put("residentPeakMegabytes", Processes.largestMegabytes(server.pid()));
        row.put("heapAfterMegabytes", Heap.usedMegabytes(server.pid()));
        server.stop();
        return Figures.median(took);
    }

    private static Once run(Server server) throws Exception {
        long from = System.nanoTime();
        var run = Server.submit(server.http(), "graph", "{}");
        double accepted = (System.nanoTime() - from) / 1e6;
        server.awaitAllEnded("graph", Duration.ofMinutes(5));
        return new Once(run, accepted, (System.nanoTime() - from) / 1e6);
    }

    private record Once(String run, double acceptedMillis, double endedMillis) {}
}

import java.util.Arrays;

/// Runs one after another: what one takes, as its caller sees it, beside what a bare loop of as many
/// durable steps takes. The two take short turns, so that both get the same share of the machine's moods.
final class Latency {

    private final Bed bed;
    private final Report report;
    private final Server server;

    Latency(Bed bed, Report report, Server server) {
        this.bed = bed;
        this.report = report;
        this.server = server;
    }

    /// @param warmUp runs before the first round, which aren't counted
    /// @param floor milliseconds that the same would take at best, each time it is asked
    Result measure(
            String name, int tasks, int rounds, int perRound, int warmUp, Action run, Floor floor)
            throws Exception {
        var row = report.row(name);
        for (int i = 0; i < warmUp; i++) {
            run.perform();
        }
        var took = new double[rounds * perRound];
        var floors = new double[rounds];
        var medians = new double[rounds];
        var ratios = new double[rounds];
        var fsyncs = new double[rounds];
        var cost = Cost.NONE;
        double before = floor.millis();
        for (int round = 0; round < rounds; round++) {
            var spent = server.cost();
            for (int i = round * perRound; i < (round + 1) * perRound; i++) {
                long from = System.nanoTime();
                run.perform();
                took[i] = (System.nanoTime() - from) / 1e6;
            }
            spent = server.cost().since(spent);
            cost = cost.plus(spent);
            // Before and after, as the machine may change meanwhile.
            double after = floor.millis();
            floors[round] = (before + after) / 2;
            before = after;
            fsyncs[round] = Disk.measure(bed.folder()).p50();
            medians[round] =
                    Figures.median(Arrays.copyOfRange(took, round * perRound, (round + 1) * perRound));
            ratios[round] = medians[round] / floors[round];
        }
        row.put("tasks", tasks).put("runs", took.length).spread(took);
        row.put("p50OfBestRound", Figures.at(medians, 0));
        row.put("ceilingP50Millis", Figures.median(floors));
        row.put("timesCeiling", Figures.median(ratios));
        row.put("timesCeilingRange", "%.2f-%.2f".formatted(Figures.at(ratios, 0), Figures.at(ratios, 1)));
        row.put("fsyncP50Millis", Figures.median(fsyncs));
        cost.into(row, (double) took.length * tasks);
        return new Result(row, Figures.median(took), cost.commits() / took.length / tasks);
    }

    @FunctionalInterface
    interface Action {
        void perform() throws Exception;
    }

    @FunctionalInterface
    interface Floor {
        double millis() throws Exception;
    }

    record Result(Row row, double p50, double fsyncsPerTask) {}
}

import java.util.Locale;

/// B7: one task, then very many at once, then one after them all.
class FanOutFanIn implements Benchmark {

    /// The tasks that run at once: `t0`, or `t.0` where they are items.
    private static final String MANY = "task like 't%' and task <> 't'";

    @Override
    public String title() {
        return "one task, then 1,000 or 10,000 at once, then one";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        var server = bed.server();
        var ceiling = bed.ceiling();
        report.note("In the first two rows the tasks are written out; in the others a list makes them.");
        int few = bed.size(1_000, 100);
        int many = bed.size(10_000, 1_000);
        server.put("fan-few", Workflows.fan("fan-few", few));
        server.put("fan-many", Workflows.fan("fan-many", many));
        server.put("items-few", Workflows.items("items-few", few));
        server.put("items-many", Workflows.items("items-many", many));
        measure(bed, report, server, ceiling, "fan-few", few, bed.size(15, 3));
        var large = measure(bed, report, server, ceiling, "fan-many", many, bed.size(7, 2));
        measure(bed, report, server, ceiling, "items-few", few, bed.size(15, 3));
        measure(bed, report, server, ceiling, "items-many", many, bed.size(7, 2));
        report.atMost("last start of 10,000, ms after the first task's end", 300, large.lastStart);
        report.atMost("end of the joining task, ms after the last end of the many", 5, large.join);
    }

    private static Once measure(
            Bed bed, Report report, Server server, Ceiling ceiling, String name, int width, int rounds)
            throws Exception {
        var row =
                report.row(
                        String.format(
                                Locale.ROOT, name.startsWith("items") ? "%,d items" : "%,d", width));
        for (int i = 0; i < Math.max(1, rounds / 3); i++) {
            once(server, name);
        }
        var all = new Once[rounds];
        var ratios = new double[rounds];
        var ceilings = new double[rounds];
        var cost = Cost.NONE;
        for (int round = 0; round < rounds; round++) {
            double before = ceiling.rate(1_000, 20);
            var spent = server.cost();
            all[round] = once(server, name);
            spent = server.cost().since(spent);
            cost = cost.plus(spent);
            ceilings[round] = (before + ceiling.rate(1_000, 20)) / 2;
            ratios[round] = all[round].whole / 1e3 / (spent.transitions() / ceilings[round]);
        }
        var middle = Once.median(all);
        row.put("rounds", rounds).put("answeredMillis", middle.answered);
        row.put("firstStartMillis", middle.firstStart).put("lastStartMillis", middle.lastStart);
        row.put("lastEndMillis", middle.lastEnd).put("joinMillis", middle.join);
        row.put("wholeMillis", middle.whole);
        row.put("ceilingPerSecond", Figures.median(ceilings)).put("timesCeiling", Figures.median(ratios));
        cost.into(row, (double) rounds * (width + 2));
        return middle;
    }

    private static Once once(Server server, String name) throws Exception {
        long from = System.nanoTime();
        var run = Server.submit(server.http(), name, "{}");
        server.awaitAllEnded(name, java.time.Duration.ofMinutes(2));
        double answered = (System.nanoTime() - from) / 1e6;
        var moments = new Moments(server.site());
        double begun = moments.of(run, "task is null and state = 'RUNNING'")[0];
        double fanned = moments.of(run, "task = 'first' and state = 'SUCCESS'")[0];
        var starts = moments.of(run, MANY + " and state = 'RUNNING'");
        var ends = moments.of(run, MANY + " and state = 'SUCCESS'");
        double joined = moments.of(run, "task = 'last' and state = 'SUCCESS'")[0];
        double ended = moments.of(run, "task is null and state = 'SUCCESS'")[0];
        return new Once(
                answered,
                (starts[0] - fanned) / 1e3,
                (starts[starts.length - 1] - fanned) / 1e3,
                (ends[ends.length - 1] - fanned) / 1e3,
                (joined - ends[ends.length - 1]) / 1e3,
                (ended - begun) / 1e3);
    }

    /// Milliseconds.
    ///
    /// @param firstStart of the many, after the end of the first task, like the next two
    /// @param join the end of the last task after the end of the last of the many: its start is the
    ///     same record
    /// @param whole from the run's start to its end
    private record Once(
            double answered, double firstStart, double lastStart, double lastEnd, double join, double whole) {

        static Once median(Once... all) {
            return new Once(
                    middle(all, Once::answered),
                    middle(all, Once::firstStart),
                    middle(all, Once::lastStart),
                    middle(all, Once::lastEnd),
                    middle(all, Once::join),
                    middle(all, Once::whole));
        }

        private static double middle(Once[] all, java.util.function.ToDoubleFunction<Once> part) {
            return Figures.median(java.util.Arrays.stream(all).mapToDouble(part).toArray());
        }
    }
}

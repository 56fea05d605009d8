/// B3: tasks that take long by themselves, so that what Leat adds must vanish.
class LongTasks implements Benchmark {

    private static final int TASKS = 10;

    @Override
    public String title() {
        return "10 tasks in sequence that compute for a while, against the bare programs";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        var python = Chain.python();
        if (python.isEmpty()) {
            report.note("left out, as there is no python3");
            return;
        }
        int rounds = bed.size(5, 1);
        var program =
                "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(%d)"
                        .formatted(bed.size(33, 20));
        var server = bed.server();
        server.put(
                "long",
                Workflows.chain(
                        "long",
                        TASKS,
                        "\"type\":\"shell\",\"with\":{\"args\":[\"%s\",\"-c\",\"%s\"]}"
                                .formatted(python, program.replace("\n", "\\n"))));
        var row = report.row("python-fib");
        server.run("long");
        var bare = new double[rounds];
        var whole = new double[rounds];
        var added = new double[rounds];
        var shares = new double[rounds];
        var cost = Cost.NONE;
        for (int round = 0; round < rounds; round++) {
            double before = bare(python, program);
            var spent = server.cost();
            long from = System.nanoTime();
            server.run("long");
            whole[round] = (System.nanoTime() - from) / 1e6;
            spent = server.cost().since(spent);
            cost = cost.plus(spent);
            bare[round] = (before + bare(python, program)) / 2;
            added[round] = (whole[round] - bare[round]) / TASKS;
            shares[round] = 100 * (whole[round] / bare[round] - 1);
        }
        row.put("tasks", TASKS).put("rounds", rounds);
        row.put("wholeMillis", Figures.median(whole)).put("bareMillis", Figures.median(bare));
        row.put("addedMillisPerTask", Figures.median(added));
        row.put("overheadPercent", Figures.median(shares));
        row.put("overheadRange", "%.2f-%.2f".formatted(Figures.at(shares, 0), Figures.at(shares, 1)));
        cost.into(row, (double) rounds * TASKS);
        report.atMost("overhead over the bare programs, percent", 0.5, Figures.median(shares));
    }

    private static double bare(String python, String program) throws Exception {
        double millis = 0;
        for (int i = 0; i < TASKS; i++) {
            millis += Chain.bare(python, "-c", program);
        }
        return millis;
    }
}

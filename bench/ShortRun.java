/// B1: a run of three tasks that do nothing, started and awaited over HTTP.
class ShortRun implements Benchmark {

    private static final int TASKS = 3;

    @Override
    public String title() {
        return "a run of 3 tasks, started and awaited in one request";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        var server = bed.server();
        var ceiling = bed.ceiling();
        server.put("short", Workflows.chain("short", TASKS));
        // What the program does in its first seconds isn't compiled yet: both are told.
        var latency = new Latency(bed, report, server);
        Latency.Floor floor = () -> Figures.median(ceiling.latencies(60, TASKS));
        latency.measure(
                "first-runs", TASKS, bed.size(5, 1), bed.size(200, 100), bed.size(100, 10),
                () -> server.run("short"), floor);
        var warm =
                latency.measure(
                        "warm", TASKS, bed.size(25, 3), bed.size(200, 30), bed.size(3_000, 50),
                        () -> server.run("short"), floor);
        report.atMost("p50 of a 3-task run over HTTP, ms", 2, warm.p50());
    }
}

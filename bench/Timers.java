import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// B5: how late things begin that have a time: `wait` tasks, and schedules.
class Timers implements Benchmark {

    private static final int CONNECTIONS = 16;

    @Override
    public String title() {
        return "how late schedules fire, and waiting tasks wake";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        report.note("schedules-…: the start of each run after its due moment. The others are 'wait' tasks, each in a run of its own.");
        report.note("late: the wait's recorded end after its due time. next: the end of the task after it, so after the commit.");
        var server = bed.server();
        var ceiling = bed.ceiling();
        int many = bed.size(10_000, 300);
        int some = bed.size(1_000, 100);
        new Schedules(report, server).measure(bed);
        measure(report, server, ceiling, "warm-up", some, Duration.ofSeconds(1));
        var spread = measure(report, server, ceiling, "spread", many, Duration.ofSeconds(bed.size(60, 3)));
        var second = measure(report, server, ceiling, "one-second", some, Duration.ofSeconds(1));
        var moment = measure(report, server, ceiling, "one-moment", some, Duration.ZERO);
        report.atMost("p99 lateness of 10,000 spread over a minute, ms", 10, Figures.at(spread, 0.99));
        report.atMost("p99 lateness of 1,000 due within a second, ms", 100, Figures.at(second, 0.99));
        report.atMost("p99 lateness of 1,000 due at one moment, ms", 100, Figures.at(moment, 0.99));
    }

    private static double[] measure(
            Report report, Server server, Ceiling ceiling, String name, int count, Duration over)
            throws Exception {
        var row = report.row(name);
        var workflow = "sleep-" + name;
        server.put(workflow, Workflows.sleeper(workflow));
        var bare = ceiling.lateness(Math.min(count, 1_000), over.dividedBy(Math.max(1, count / 1_000)));
        // All must be asleep before the first is due.
        long from = System.nanoTime();
        int probes = Math.min(100, count);
        submit(server, workflow, probes, Instant.now(), Duration.ZERO);
        var needed = Duration.ofNanos((System.nanoTime() - from) / probes * count);
        var first = Instant.now().plus(needed.multipliedBy(2)).plusSeconds(3);
        submit(server, workflow, count, first, over);
        var early = Duration.between(Instant.now(), first);
        if (early.isNegative()) {
            report.note(name + ": the first were due before the last were asleep");
        }
        var cost = server.cost();
        Thread.sleep(Math.max(0, early.plus(over).toMillis()));
        server.awaitAllEnded(workflow, Duration.ofMinutes(2));
        cost = server.cost().since(cost);
        var late = lateness(server, workflow, "sleep", first);
        var next = lateness(server, workflow, "then", first);
        row.put("timers", count).put("overSeconds", over.toSeconds());
        row.put("lateP50Millis", Figures.at(late, 0.5)).put("lateP99Millis", Figures.at(late, 0.99));
        row.put("lateMaxMillis", Figures.at(late, 1));
        row.put("nextP50Millis", Figures.at(next, 0.5)).put("nextP99Millis", Figures.at(next, 0.99));
        row.put("nextMaxMillis", Figures.at(next, 1));
        row.put("ceilingP50Millis", Figures.at(bare, 0.5)).put("ceilingP99Millis", Figures.at(bare, 0.99));
        row.put("timesCeilingP50", Figures.at(next, 0.5) / Figures.at(bare, 0.5));
        cost.into(row, 2.0 * count);
        return late;
    }

    private static void submit(Server server, String workflow, int count, Instant first, Duration over)
            throws Exception {
        var next = new AtomicInteger();
        Throughput.each(
                server,
                CONNECTIONS,
                count,
                http -> {
                    var due = first.plus(over.multipliedBy(next.getAndIncrement()).dividedBy(count));
                    Server.submit(
                            http, workflow, "{\"inputs\":{\"until\":\"%s\"}}".formatted(due));
                });
    }

    /// Milliseconds from the time that the run's wait was due to the end of that task. The probes
    /// were due earlier and aren't counted.
    private static double[] lateness(Server server, String workflow, String task, Instant first)
            throws Exception {
        long since = first.getEpochSecond() * 1_000_000 + first.getNano() / 1_000;
        try (var connection = server.site().connect()) {
            return Sql.numbers(
                    connection,
                    """
                    select (ended.at - slept.due_at) / 1000.0 from transition slept
                        join transition ended on ended.run = slept.run and ended.task = '%s' and ended.state = 'SUCCESS'
                    where slept.task = 'sleep' and slept.state = 'WAITING' and slept.due_at >= %d
                        and slept.run in (select id from run where workflow = '%s')"""
                            .formatted(task, since, workflow));
        }
    }
}

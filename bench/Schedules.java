import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;

/// How late schedules start their runs: the commit's moment, as the ledger and the run have it, after
/// the moment that was due.
final class Schedules {

    private static final int PER_WORKFLOW = 500;

    private final Report report;
    private final Server server;

    Schedules(Report report, Server server) {
        this.report = report;
        this.server = server;
    }

    void measure(Bed bed) throws Exception {
        int many = bed.size(10_000, 300);
        int some = bed.size(1_000, 100);
        int most = bed.size(60_000, 500);
        int over = bed.size(60, 3);
        fire("schedules-warm-up", some, over(some, Duration.ofSeconds(1)));
        var spread = fire("schedules-spread", many, over(many, Duration.ofSeconds(over)));
        var second = fire("schedules-one-second", some, over(some, Duration.ofSeconds(1)));
        var moment = fire("schedules-one-moment", some, _ -> Duration.ZERO);
        var minute = fire("schedules-one-minute", most, _ -> Duration.ZERO);
        report.atMost("p99 lateness of 10,000 schedules spread over a minute, ms", 10, Figures.at(spread, 0.99));
        report.atMost("p99 lateness of 1,000 schedules due within a second, ms", 100, Figures.at(second, 0.99));
        report.atMost("p99 lateness of 1,000 schedules due at one moment, ms", 100, Figures.at(moment, 0.99));
        report.atMost("last start of 60,000 schedules due at one moment, s", 60, Figures.at(minute, 1) / 1e3);
    }

    private static IntFunction<Duration> over(int count, Duration span) {
        return each -> span.multipliedBy(each).dividedBy(count);
    }

    /// @param after how long after the first moment each is due
    /// @return milliseconds that each was late
    private double[] fire(String name, int count, IntFunction<Duration> after) throws Exception {
        var row = report.row(name);
        long from = System.nanoTime();
        put(name + "-probe", 0, Math.min(PER_WORKFLOW, count), Instant.now().plus(Duration.ofDays(1)), after);
        var each = Duration.ofNanos(System.nanoTime() - from).dividedBy(Math.min(PER_WORKFLOW, count));
        var first = Instant.now().plus(each.multipliedBy(2L * count)).plusSeconds(5);
        for (int at = 0; at < count; at += PER_WORKFLOW) {
            put(name + at, at, Math.min(PER_WORKFLOW, count - at), first, after);
        }
        if (Instant.now().isAfter(first)) {
            report.note(name + ": the first were due before the last were stored");
        }
        var cost = server.cost();
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), first.plus(after.apply(count))).toMillis()));
        awaitEnds(name, count);
        cost = server.cost().since(cost);
        var late = late(name);
        if (late.length != count) {
            report.note("%s: %d of %d fired".formatted(name, late.length, count));
        }
        row.put("schedules", count).put("fired", late.length);
        row.put("lateP50Millis", Figures.at(late, 0.5)).put("lateP99Millis", Figures.at(late, 0.99));
        row.put("lateMaxMillis", Figures.at(late, 1));
        cost.into(row, count);
        return late;
    }

    private void put(String workflow, int from, int count, Instant first, IntFunction<Duration> after)
            throws Exception {
        var triggers = new StringBuilder();
        for (int at = from; at < from + count; at++) {
            triggers.append(triggers.isEmpty() ? "" : ",")
                    .append("{\"id\":\"t%d\",\"type\":\"once\",\"at\":\"%s\"}".formatted(at, first.plus(after.apply(at))));
        }
        server.put(
                workflow,
                "{\"id\":\"%s\",\"tasks\":[{\"id\":\"a\",\"type\":\"noop\"}],\"triggers\":[%s]}"
                        .formatted(workflow, triggers));
    }

    /// Asks seldom where the answer takes long: what is measured has use for the processors.
    private void awaitEnds(String name, int count) throws Exception {
        var deadline = Instant.now().plus(Duration.ofMinutes(3));
        long asked = System.nanoTime();
        while (ended(name) < count && Instant.now().isBefore(deadline)) {
            long millis = Duration.ofNanos(System.nanoTime() - asked).toMillis();
            Thread.sleep(Math.max(200, 20 * millis));
            asked = System.nanoTime();
        }
    }

    private long ended(String name) throws Exception {
        try (var connection = server.site().connect()) {
            return Sql.number(
                    connection,
                    "select count(*) from run where workflow like '%s%%' and finished_at is not null".formatted(name));
        }
    }

    private double[] late(String name) throws Exception {
        try (var connection = server.site().connect()) {
            return Sql.numbers(
                    connection,
                    "select (r.started_at - f.due_at) / 1000.0 from fire f join run r on r.id = f.run where f.workflow like '%s%%' and r.started_at is not null"
                            .formatted(name));
        }
    }
}

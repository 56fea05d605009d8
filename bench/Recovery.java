import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// B12: SIGKILL at a random moment, and what comes of the runs that were under way.
class Recovery implements Benchmark {

    private static final int STEPS = 100;
    private static final String WORKFLOW = "chain";

    @Override
    public String title() {
        return "100 runs of 100 tasks, killed at a random moment and started again";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        int runs = bed.size(100, 20);
        int kills = bed.size(10, 2);
        long seed = Long.getLong("bench.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        var random = new SplittableRandom(seed);
        report.note("seed %d. A step counts as acknowledged once its end is in the database.".formatted(seed));
        var site = bed.site();
        long whole;
        try (var server = Server.start(site)) {
            server.put(WORKFLOW, Workflows.chain(WORKFLOW, STEPS));
            long from = System.nanoTime();
            submit(server, runs, ConcurrentHashMap.newKeySet());
            server.awaitAllEnded(WORKFLOW, Duration.ofMinutes(5));
            whole = System.nanoTime() - from;
        }
        var row = report.row("kills");
        var all = new Killed[kills];
        for (int i = 0; i < kills; i++) {
            all[i] = killed(site, runs, random.nextLong(whole / 20, whole * 9 / 10));
            System.err.println("    " + all[i]);
        }
        row.put("kills", kills).put("runsEach", runs).put("stepsEach", STEPS);
        row.put("openRunsMedian", middle(all, Killed::open));
        row.put("durableStepsMedian", middle(all, Killed::durable));
        row.put("startMillis", middle(all, Killed::plainReady));
        row.put("readyMillis", middle(all, Killed::ready));
        row.put("firstStepMillis", middle(all, Killed::firstStep));
        row.put("firstStepMaxMillis", Figures.at(values(all, Killed::firstStep), 1));
        double later = middle(all, one -> one.firstStep - one.plainReady);
        row.put("firstStepAfterStart", later).put("timesStart", middle(all, one -> one.firstStep / one.plainReady));
        row.put("allEndedMillis", middle(all, Killed::allEnded));
        row.put("acknowledgedRuns", sum(all, Killed::acknowledged));
        row.put("acknowledgedRunsLost", sum(all, Killed::lost));
        row.put("runsNotSucceeded", sum(all, Killed::failed));
        row.put("acknowledgedStepsRunAgain", sum(all, Killed::again));
        row.put("interruptedAttempts", sum(all, Killed::interrupted));
        report.atMost("first further step after a start without open runs, ms", 100, later);
        report.atMost("acknowledged runs lost", 0, sum(all, Killed::lost));
        report.atMost("acknowledged steps run again", 0, sum(all, Killed::again));
        report.atMost("runs that didn't succeed", 0, sum(all, Killed::failed));
    }

    private static Killed killed(Site site, int runs, long afterNanos) throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var server = Server.start(site);
        double plainReady = server.readyMillis();
        long earlier = count(site);
        var submitting =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                submit(server, runs, acknowledged);
                            } catch (Exception _) {
                                // The kill came first: who got no answer was promised nothing.
                            }
                        });
        // A server that has just started takes a while over its first requests, and a kill before
        // the first run would tell nothing.
        while (acknowledged.isEmpty() && submitting.isAlive()) {
            Thread.sleep(1);
        }
        Thread.sleep(afterNanos / 1_000_000, (int) (afterNanos % 1_000_000));
        server.kill();
        submitting.join();
        var durable = succeeded(site);
        long open;
        try (var connection = site.connect()) {
            open = Sql.number(connection, "select count(*) from run where state in ('RUNNING', 'QUEUED')");
        }
        long startedAt = System.currentTimeMillis() * 1_000;
        long from = System.nanoTime();
        double ready;
        double allEnded;
        try (var restarted = Server.start(site)) {
            ready = restarted.readyMillis();
            restarted.awaitAllEnded(WORKFLOW, Duration.ofMinutes(5));
            allEnded = (System.nanoTime() - from) / 1e6;
        }
        try (var connection = site.connect()) {
            long step =
                    Sql.number(
                            connection,
                            "select coalesce(min(at), 0) from transition where task is not null and state = 'SUCCESS' and at >= " + startedAt);
            return new Killed(
                    afterNanos / 1e6,
                    open,
                    durable.size(),
                    plainReady,
                    ready,
                    step == 0 ? Double.NaN : (step - startedAt) / 1e3,
                    allEnded,
                    acknowledged.size(),
                    lost(connection, acknowledged),
                    Sql.number(connection, "select count(*) from run where state <> 'SUCCESS'"),
                    again(connection, durable),
                    Sql.number(connection, "select coalesce(sum(lost), 0) from task_run") - earlier);
        }
    }

    private static void submit(Server server, int runs, Set<String> acknowledged) throws Exception {
        Throughput.each(server, 8, runs, http -> acknowledged.add(Server.submit(http, WORKFLOW, "{}")));
    }

    private static long count(Site site) throws SQLException {
        try (var connection = site.connect()) {
            return Sql.number(connection, "select coalesce(sum(lost), 0) from task_run");
        }
    }

    /// The number of the transition with which each step has ended, of the runs that are open.
    private static Map<String, Long> succeeded(Site site) throws SQLException {
        var found = new HashMap<String, Long>();
        try (var connection = site.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select run, task, seq from transition where state = 'SUCCESS' and task is not null and run in (select id from run where state in ('RUNNING', 'QUEUED'))")) {
            while (rows.next()) {
                found.put(rows.getLong(1) + " " + rows.getString(2), rows.getLong(3));
            }
        }
        return found;
    }

    private static int lost(Connection connection, Set<String> acknowledged) throws SQLException {
        var known = new HashSet<>(Sql.longs(connection, "select id from run where state = 'SUCCESS'"));
        return (int) acknowledged.stream().filter(run -> !known.contains(Moments.id(run))).count();
    }

    /// Steps of which something was recorded after their end.
    private static int again(Connection connection, Map<String, Long> durable) throws SQLException {
        var again = new HashSet<String>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("select run, task, max(seq) from transition where task is not null group by run, task")) {
            while (rows.next()) {
                var step = rows.getLong(1) + " " + rows.getString(2);
                var end = durable.get(step);
                if (end != null && rows.getLong(3) > end) {
                    again.add(step);
                }
            }
        }
        return again.size();
    }

    private static double middle(Killed[] all, java.util.function.ToDoubleFunction<Killed> part) {
        return Figures.median(values(all, part));
    }

    private static double sum(Killed[] all, java.util.function.ToDoubleFunction<Killed> part) {
        return java.util.Arrays.stream(values(all, part)).sum();
    }

    private static double[] values(Killed[] all, java.util.function.ToDoubleFunction<Killed> part) {
        return java.util.Arrays.stream(all).mapToDouble(part).filter(Double::isFinite).toArray();
    }

    /// @param open runs that the kill interrupted
    /// @param durable steps of theirs that had ended
    /// @param plainReady of a start without open runs, milliseconds like the next three
    /// @param again steps whose end was recorded and which ran again
    private record Killed(
            double afterMillis,
            double open,
            double durable,
            double plainReady,
            double ready,
            double firstStep,
            double allEnded,
            double acknowledged,
            double lost,
            double failed,
            double again,
            double interrupted) {}
}

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// B8: what a server needs when nothing happens, and what runs need that wait.
class Memory implements Benchmark {

    @Override
    public String title() {
        return "memory and threads, idle, with sleeping runs, with queued runs";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        report.note("resident: as the system counts it, with the heap as large as the JVM let it grow. heap: what is left of it after a collection.");
        var sleeping = bed.server();
        Thread.sleep(TimeUnit.SECONDS.toMillis(bed.size(60, 3)));
        var idle = tell(report, "idle", sleeping);
        var before = sleeping.cost();
        int idleSeconds = bed.size(30, 3);
        Thread.sleep(TimeUnit.SECONDS.toMillis(idleSeconds));
        var spent = sleeping.cost().since(before);
        idle.row.put("idleCpuPercent", (spent.serverMillis() + spent.databaseMillis()) / idleSeconds / 10);
        idle.row.put("idleCommits", spent.commits());
        report.atMost("resident memory of an idle server, MB", 160, idle.resident);

        sleeping.put("sleep", Workflows.sleeper("sleep"));
        var hours = "{\"inputs\":{\"until\":\"2099-01-01T00:00:00Z\"}}";
        int few = bed.size(1_000, 100);
        int many = bed.size(10_000, 500);
        submit(sleeping, "sleep", hours, few);
        tell(report, words(few, "sleeping"), sleeping);
        submit(sleeping, "sleep", hours, many - few);
        var asleep = tell(report, words(many, "sleeping"), sleeping);
        report.atMost("threads more with so many asleep than idle", 20, asleep.threads - idle.threads);
        sleeping.stop();

        var queueing = bed.server();
        queueing.put("line", Workflows.line("line"));
        submit(queueing, "line", "{}", 101);
        var empty = tell(report, "100 queued", queueing);
        int most = bed.size(100_000, 1_000);
        submit(queueing, "line", "{}", most / 10 - 100);
        var tenth = tell(report, words(most / 10, "queued"), queueing);
        submit(queueing, "line", "{}", most - most / 10);
        var all = tell(report, words(most, "queued"), queueing);
        double each = (all.heap - tenth.heap) / (most - most / 10);
        all.row.put("heapKilobytesPerRun", 1_000 * each);
        report.atMost("heap for 10,000 queued runs, MB", 10, 10_000 * each);
        report.atMost("threads more with all queued than with 100", 20, all.threads - empty.threads);
    }

    private static String words(int count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, what);
    }

    private static void submit(Server server, String workflow, String body, int count) throws Exception {
        long from = System.nanoTime();
        Throughput.each(server, 16, count, http -> Server.submit(http, workflow, body));
        System.err.printf(
                "  %d accepted in %s%n", count, Duration.ofNanos(System.nanoTime() - from));
    }

    private static Told tell(Report report, String name, Server server) throws Exception {
        var told =
                new Told(
                        report.row(name),
                        Processes.residentMegabytes(server.pid()),
                        Heap.usedMegabytes(server.pid()),
                        Processes.threads(server.pid()));
        told.row.put("residentMegabytes", told.resident).put("heapMegabytes", told.heap);
        told.row.put("threads", told.threads);
        return told;
    }

    private record Told(Row row, double resident, double heap, double threads) {}
}

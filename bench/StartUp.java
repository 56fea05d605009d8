import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/// B9: from the start of the process to the first answer, and to the end of the first task.
class StartUp implements Benchmark {

    @Override
    public String title() {
        return "from starting the process to the first answer and the first finished task";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        report.note("Through ./leat serve, as users start it. The bare program opens the same database, writes a row and answers over HTTP.");
        int rounds = bed.size(5, 2);
        var classes = compileBare(bed.folder());
        var fresh = new Site[rounds];
        for (int i = 0; i < rounds; i++) {
            fresh[i] = prepared(bed);
        }
        measure(bed, report, "no-data", classes, fresh);
        var same = prepared(bed);
        start(same);
        var again = new Site[rounds];
        java.util.Arrays.fill(again, same);
        double first = measure(bed, report, "some-data", classes, again);
        report.atMost("start to first finished task, ms", 2_000, first);
        int runs = bed.size(1_000_000, 10_000);
        var filled = prepared(bed);
        Past.fill(bed, filled, runs);
        java.util.Arrays.fill(again, filled);
        double past = measure(bed, report, runs + "-runs", classes, again);
        report.atMost("the same with 1,000,000 runs of history, ms", 2_000, past);
    }

    private static Site prepared(Bed bed) throws Exception {
        var site = bed.site();
        Files.writeString(site.workflows().resolve("one.json"), Workflows.chain("one", 1));
        return site;
    }

    private static double measure(Bed bed, Report report, String name, Path classes, Site... sites)
            throws Exception {
        var row = report.row(name);
        var ready = new double[sites.length];
        var done = new double[sites.length];
        var bare = new double[sites.length];
        var ratios = new double[sites.length];
        for (int i = 0; i < sites.length; i++) {
            bare[i] = bare(bed, classes);
            var started = start(sites[i]);
            ready[i] = started.readyMillis;
            done[i] = started.doneMillis;
            ratios[i] = done[i] / bare[i];
        }
        row.put("starts", sites.length).put("firstAnswerMillis", Figures.median(ready));
        row.put("firstTaskMillis", Figures.median(done));
        row.put("firstTaskRange", "%.0f-%.0f".formatted(Figures.at(done, 0), Figures.at(done, 1)));
        row.put("bareMillis", Figures.median(bare)).put("timesBare", Figures.median(ratios));
        return Figures.median(done);
    }

    private static Started start(Site site) throws Exception {
        long from = System.nanoTime();
        try (var server = Server.start(site)) {
            // The folder of workflows may be read after the first answer.
            while (true) {
                var answer = server.http().ask("POST", "/api/workflows/one/runs?wait=30s", "{}");
                if (answer.body().contains("\"state\":\"SUCCESS\"")) {
                    return new Started(server.readyMillis(), (System.nanoTime() - from) / 1e6);
                }
                if (answer.status() != 404) {
                    answer.orThrow();
                }
                Thread.sleep(2);
            }
        }
    }

    private static Path compileBare(Path folder) throws IOException {
        var classes = Files.createDirectory(folder.resolve("classes"));
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), "bench/BareServer.java");
        if (failed != 0) {
            throw new IllegalStateException("BareServer doesn't compile");
        }
        return classes;
    }

    private static double bare(Bed bed, Path classes) throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var command =
                new ProcessBuilder(
                                java, "-Xshare:auto", "--enable-native-access=ALL-UNNAMED",
                                "-Dslf4j.internal.verbosity=ERROR", "-cp",
                                classes + ":" + System.getProperty("java.class.path"), "BareServer",
                                String.valueOf(port), bed.site().database())
                        .inheritIO();
        long from = System.nanoTime();
        var process = command.start();
        try {
            while (true) {
                try (var http = new Http("http://127.0.0.1:" + port)) {
                    http.ask("GET", "/", "");
                    return (System.nanoTime() - from) / 1e6;
                } catch (IOException e) {
                    if (!process.isAlive()) {
                        throw e;
                    }
                    Thread.sleep(2);
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private record Started(double readyMillis, double doneMillis) {}
}

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// How long the dashboard's pages take with very many runs behind them: those that a list of paths
/// names, `bench/pages.txt` unless another is given.
class Pages implements Benchmark {

    static Path paths = Path.of("bench", "pages.txt");

    private static final String LARGE = "large";
    private static final int LARGE_TASKS = 5_000;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final SplittableRandom random = new SplittableRandom(6);
    private List<Long> ids;
    private List<Long> heavyIds;
    private long largeId;

    @Override
    public String title() {
        return "each page of a list (--paths FILE), with 1,000,000 runs of 500 workflows and as many of one";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        var wanted = read();
        var site = bed.site();
        int runs = bed.size(1_000_000, 10_000);
        Past.fill(bed, site, runs);
        Heavy.fill(bed, site, runs);
        report.note(
                "%,d runs of %d workflows with two tasks each over 90 days, and %,d runs of one with %d tasks over a year, 3 %% failed."
                        .formatted(runs, Past.WORKFLOWS, runs, Heavy.TASKS));
        var server = bed.server(site);
        server.put(LARGE, Workflows.graph(LARGE, LARGE_TASKS));
        server.run(LARGE);
        try (var connection = site.connect()) {
            largeId = Sql.longs(connection, "select id from run where workflow = '" + LARGE + "'").getFirst();
            ids = Sql.longs(connection, "select id from run where id % 997 = 0 or id % 1024 = 7");
            heavyIds =
                    Sql.longs(
                            connection,
                            "select id from run where workflow = '%s' order by id desc limit 300"
                                    .formatted(Heavy.WORKFLOW));
        }
        double worst = 0;
        for (var each : wanted) {
            worst = Math.max(worst, measure(bed, report, server, each));
        }
        report.atMost("p99 of each page, ms", 100, worst);
    }

    private record Wanted(String name, String path) {}

    /// Lines of a name and a path; a `#` begins a remark.
    private static List<Wanted> read() throws Exception {
        var wanted = new ArrayList<Wanted>();
        for (var line : Files.readAllLines(paths)) {
            var words = line.strip().split("\\s+", 2);
            if (words.length == 2 && !words[0].startsWith("#")) {
                wanted.add(new Wanted(words[0], words[1]));
            }
        }
        return wanted;
    }

    private double measure(Bed bed, Report report, Server server, Wanted wanted) throws Exception {
        var row = report.row(wanted.name());
        int asked = bed.size(200, 20);
        long from = System.nanoTime();
        server.http().get(path(wanted));
        row.put("firstMillis", (System.nanoTime() - from) / 1e6);
        // Until the compiler has seen it.
        for (int i = 0; i < asked; i++) {
            server.http().get(path(wanted));
        }
        var took = new double[asked];
        double bytes = 0;
        for (int i = 0; i < asked; i++) {
            var question = path(wanted);
            from = System.nanoTime();
            bytes += server.http().get(question).length();
            took[i] = (System.nanoTime() - from) / 1e6;
        }
        row.put("asked", asked).spread(took).put("kilobytes", bytes / asked / 1e3);
        return Figures.at(took, 0.99);
    }

    /// With one of those that its placeholders stand for, another one each time.
    private String path(Wanted wanted) {
        return wanted.path()
                .replace("{workflow}", Past.workflow(random.nextInt(Past.WORKFLOWS)))
                .replace("{largeRun}", text(largeId))
                .replace("{heavy}", Heavy.WORKFLOW)
                .replace("{run}", text(ids.get(random.nextInt(ids.size()))))
                .replace("{heavyRun}", text(heavyIds.get(random.nextInt(heavyIds.size()))));
    }

    private static String text(long id) {
        var text = new StringBuilder();
        for (int at = 60; at >= 0; at -= 5) {
            text.append(ALPHABET.charAt((int) (id >>> at & 31)));
        }
        return text.toString();
    }
}

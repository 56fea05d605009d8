import java.util.SplittableRandom;
import java.util.function.Supplier;

/// B11: what programs and people ask for, with very many runs behind them.
class History implements Benchmark {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final String COLUMNS =
            "select id, workflow, revision_number, state, reason, inputs, outputs, error, labels, created_at, started_at, finished_at from run ";

    private final SplittableRandom random = new SplittableRandom(11);
    private java.util.List<Long> ids;

    @Override
    public String title() {
        return "the API and the pages with 1,000,000 runs of history";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        var site = bed.site();
        int runs = bed.size(1_000_000, 10_000);
        Past.fill(bed, site, runs);
        report.note(
                "%,d runs of %d workflows with two tasks each, 3 %% failed, over 90 days. bare: the list's own query over JDBC, its rows read."
                        .formatted(runs, Past.WORKFLOWS));
        var server = bed.server(site);
        try (var connection = site.connect()) {
            ids = Sql.longs(connection, "select id from run where id % 997 = 0 or id % 1024 = 7");
            var first = COLUMNS + "order by id desc limit 50";
            double worst = 0;
            worst = Math.max(worst, measure(bed, report, server, "latest", () -> "/api/runs?limit=50", first));
            worst = Math.max(worst, measure(bed, report, server, "failed", () -> "/api/runs?state=failed&limit=50",
                    COLUMNS + "where state = 'FAILED' order by id desc limit 50"));
            worst = Math.max(worst, measure(bed, report, server, "of-workflow",
                    () -> "/api/runs?limit=50&workflow=" + Past.workflow(random.nextInt(Past.WORKFLOWS)),
                    COLUMNS + "where workflow = 'past-1007' order by id desc limit 50"));
            worst = Math.max(worst, measure(bed, report, server, "failed-of-it",
                    () -> "/api/runs?limit=50&state=failed&workflow=" + Past.workflow(random.nextInt(Past.WORKFLOWS)),
                    COLUMNS + "where workflow = 'past-1007' and state = 'FAILED' order by id desc limit 50"));
            worst = Math.max(worst, measure(bed, report, server, "deep-page", () -> "/api/runs?limit=50&cursor=" + any(),
                    COLUMNS + "where id < %d order by id desc limit 50".formatted(ids.get(ids.size() / 2))));
            worst = Math.max(worst, measure(bed, report, server, "a-run", () -> "/api/runs/" + any(),
                    COLUMNS + "where id = " + ids.get(ids.size() / 2)));
            worst = Math.max(worst, measure(bed, report, server, "system", () -> "/api/system", ""));
            worst = Math.max(worst, measure(bed, report, server, "workflows", () -> "/api/workflows", ""));
            report.atMost("p99 of each question to the API, ms", 20, worst);
            measure(bed, report, server, "page-overview", () -> "/", "");
            measure(bed, report, server, "page-runs", () -> "/runs", "");
            measure(bed, report, server, "page-workflow",
                    () -> "/workflows/" + Past.workflow(random.nextInt(Past.WORKFLOWS)), "");
            measure(bed, report, server, "page-run", () -> "/runs/" + any(), "");
        }
        report.note("databaseMegabytes: %.0f".formatted(
                bed.storage().kind().equals("sqlite") ? Folders.megabytes(site.data()) : postgresqlMegabytes(site)));
    }

    private static double postgresqlMegabytes(Site site) throws Exception {
        try (var connection = site.connect()) {
            return Sql.number(connection, "select pg_database_size(current_database())") / 1e6;
        }
    }

    private static double measure(
            Bed bed, Report report, Server server, String name, Supplier<String> path, String bare)
            throws Exception {
        var row = report.row(name);
        int asked = bed.size(500, 20);
        long from = System.nanoTime();
        server.http().get(path.get());
        double first = (System.nanoTime() - from) / 1e6;
        for (int i = 0; i < asked / 2; i++) {
            server.http().get(path.get());
        }
        var took = new double[asked];
        double bytes = 0;
        for (int i = 0; i < asked; i++) {
            var question = path.get();
            from = System.nanoTime();
            bytes += server.http().get(question).length();
            took[i] = (System.nanoTime() - from) / 1e6;
        }
        row.put("firstMillis", first).put("asked", asked).spread(took).put("kilobytes", bytes / asked / 1e3);
        if (!bare.isEmpty()) {
            double floor = bare(server.site(), bare, asked);
            row.put("bareP50Millis", floor).put("timesBare", Figures.median(took) / floor);
        }
        return Figures.at(took, 0.99);
    }

    private static double bare(Site site, String sql, int times) throws Exception {
        var took = new double[times];
        try (var connection = site.connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < times; i++) {
                long from = System.nanoTime();
                try (var found = statement.executeQuery()) {
                    while (found.next()) {
                        for (int column = 1; column <= 12; column++) {
                            found.getObject(column);
                        }
                    }
                }
                took[i] = (System.nanoTime() - from) / 1e6;
            }
        }
        return Figures.median(took);
    }

    private String any() {
        return text(ids.get(random.nextInt(ids.size())));
    }

    private static String text(long id) {
        var text = new char[13];
        for (int at = 12; at >= 0; at--) {
            text[at] = ALPHABET.charAt((int) (id & 31));
            id >>>= 5;
        }
        return new String(text);
    }
}

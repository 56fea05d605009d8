import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Runs each case on one server and tells what a task costs.
class Bench {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String... arguments) throws Exception {
        var options = Options.of(List.of(arguments));
        var folder = Files.createTempDirectory("leat-bench-");
        var measured = new ArrayList<Measured>();
        ObjectNode system;
        try {
            try (var server = Server.start(folder)) {
                for (var task : options.cases()) {
                    measured.add(measure(server, task, options, folder));
                }
                system = server.system();
            }
        } finally {
            Server.delete(folder);
        }
        if (!options.onlyJson()) {
            printTable(measured);
        }
        System.out.println(JSON.writeValueAsString(report(measured, system)));
    }

    private static Measured measure(Server server, Case task, Options options, Path folder)
            throws Exception {
        int repetitions = options.quick() ? Math.max(3, task.repetitions() / 10) : task.repetitions();
        int warmUp = Math.max(1, repetitions / 4);
        System.err.printf("%s: %d runs, after %d to warm up%n", task.name(), repetitions, warmUp);
        server.put(task.name(), task.definition());
        for (int i = 0; i < warmUp; i++) {
            server.run(task.name());
        }
        var before = server.cost();
        var took = new double[repetitions];
        for (int i = 0; i < repetitions; i++) {
            long from = System.nanoTime();
            server.run(task.name());
            took[i] = (System.nanoTime() - from) / 1e6;
        }
        return new Measured(task, took, server.cost().since(before), Disk.measure(folder));
    }

    private static void printTable(List<Measured> measured) {
        System.out.printf(
                "%-10s %6s %5s %9s %9s %9s %9s %12s %9s %8s %12s%n",
                "case", "tasks", "runs", "p50 ms", "p95 ms", "min ms", "ms/task",
                "fsyncs/task", "fsync ms", "x floor", "CPU-ms/task");
        for (var one : measured) {
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %6d %5d %9.2f %9.2f %9.2f %9.3f %12.3f %9.3f %8.1f %12.3f%n",
                    one.task().name(),
                    one.task().tasks(),
                    one.took().length,
                    one.millis(0.5),
                    one.millis(0.95),
                    one.millis(0),
                    one.millis(0.5) / one.task().tasks(),
                    one.perTask(one.cost().commits()),
                    one.disk().p50(),
                    one.millis(0.5) / one.floor(),
                    one.perTask(one.cost().cpuMillis()));
        }
        System.out.printf(
                Locale.ROOT,
                "%ndurability: power (fsync before every answer)   cores: %d   load: %.1f%n%n",
                Runtime.getRuntime().availableProcessors(),
                Server.load());
    }

    private static ObjectNode report(List<Measured> measured, ObjectNode system) {
        var report = JSON.createObjectNode();
        report.put("at", Instant.now().toString());
        report.put("leat", system.path("version").asText());
        report.put("database", system.path("database").asText());
        report.put("durability", "power");
        report.put("java", Runtime.version().toString());
        report.put("cores", Runtime.getRuntime().availableProcessors());
        report.put("load", Server.load());
        var cases = report.putArray("cases");
        for (var one : measured) {
            cases.addObject()
                    .put("case", one.task().name())
                    .put("tasks", one.task().tasks())
                    .put("runs", one.took().length)
                    .put("p50Millis", one.millis(0.5))
                    .put("p95Millis", one.millis(0.95))
                    .put("minMillis", one.millis(0))
                    .put("maxMillis", one.millis(1))
                    .put("millisPerTask", one.millis(0.5) / one.task().tasks())
                    .put("fsyncsPerTask", one.perTask(one.cost().commits()))
                    .put("fsyncP50Millis", one.disk().p50())
                    .put("fsyncP99Millis", one.disk().p99())
                    .put("timesFloor", one.millis(0.5) / one.floor())
                    .put("transitionsPerTask", one.perTask(one.cost().transitions()))
                    .put("cpuMillisPerTask", one.perTask(one.cost().cpuMillis()));
        }
        return report;
    }

    /// @param took milliseconds of each run, from request to answer
    /// @param cost what all of them together cost the server
    /// @param disk as it was right after them
    record Measured(Case task, double[] took, Server.Cost cost, Disk disk) {

        double millis(double share) {
            return Disk.at(took, share);
        }

        /// What a run would take if only the disk took time.
        double floor() {
            return cost.commits() / took.length * disk.p50();
        }

        double perTask(double total) {
            return total / took.length / task.tasks();
        }
    }

    /// A workflow of tasks that do nothing, so that only what Leat does around them is measured.
    record Case(String name, int tasks, int repetitions, String definition) {

        static final List<Case> ALL =
                List.of(
                        chain(1, 1_000),
                        chain(3, 1_000),
                        chain(40, 200),
                        chain(1_000, 20),
                        fan(10_000, 8));

        static Case chain(int length, int repetitions) {
            var tasks = new ArrayList<String>();
            for (int i = 0; i < length; i++) {
                tasks.add(task("t" + i, i == 0 ? "" : "\"t%d\"".formatted(i - 1)));
            }
            return of("chain-" + length, tasks, repetitions);
        }

        /// One task before and one after them all.
        static Case fan(int width, int repetitions) {
            var tasks = new ArrayList<String>();
            var ids = new ArrayList<String>();
            tasks.add(task("first", ""));
            for (int i = 0; i < width; i++) {
                tasks.add(task("t" + i, "\"first\""));
                ids.add("\"t" + i + "\"");
            }
            tasks.add(task("last", String.join(",", ids)));
            return of("fan-" + width, tasks, repetitions);
        }

        private static Case of(String name, List<String> tasks, int repetitions) {
            var definition =
                    "{\"id\": \"%s\", \"tasks\": [%s]}".formatted(name, String.join(",\n", tasks));
            return new Case(name, tasks.size(), repetitions, definition);
        }

        private static String task(String id, String dependsOn) {
            return "{\"id\": \"%s\", \"type\": \"noop\", \"dependsOn\": [%s]}".formatted(id, dependsOn);
        }
    }

    record Options(List<Case> cases, boolean quick, boolean onlyJson) {

        static Options of(List<String> arguments) {
            var only = arguments.indexOf("--only");
            var wanted =
                    only < 0 ? List.<String>of() : List.of(arguments.get(only + 1).split(","));
            var cases =
                    Case.ALL.stream()
                            .filter(task -> wanted.isEmpty() || wanted.contains(task.name()))
                            .toList();
            if (cases.isEmpty()) {
                var known = Case.ALL.stream().map(Case::name).collect(Collectors.joining(", "));
                System.err.println("There is no such case. Known: " + known);
                System.exit(2);
            }
            return new Options(cases, arguments.contains("--quick"), arguments.contains("--json"));
        }
    }
}

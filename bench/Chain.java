import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// B2: forty tasks that follow one another, in the process and each in a process of its own.
class Chain implements Benchmark {

    private static final int TASKS = 40;

    private static final String SHELL = "\"type\":\"shell\",\"with\":{\"command\":\":\"}";

    private static final String PYTHON =
            "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(10)";

    private static final String PLUGIN =
            """
            {"version": "1.0.0", "command": ["sh", "./bench.sh"],
             "taskTypes": [{"type": "bench.answer", "title": "Answer", "description": "Answers at once."}]}
            """;

    @Override
    public String title() {
        return "a run of 40 tasks in sequence";
    }

    @Override
    public void run(Bed bed, Report report) throws Exception {
        var plugins = Files.createDirectories(bed.folder().resolve("plugins/bench")).getParent();
        Files.writeString(plugins.resolve("bench/plugin.json"), PLUGIN);
        Files.writeString(plugins.resolve("bench/bench.sh"), "echo '{\"result\": 55}'\n");
        var server = bed.server("leat.plugins.directory=" + plugins);
        var ceiling = bed.ceiling();
        var latency = new Latency(bed, report, server);

        server.put("noop", Workflows.chain("noop", TASKS));
        var inProcess =
                latency.measure(
                        "in-process", TASKS, bed.size(20, 3), bed.size(25, 5), bed.size(300, 5),
                        () -> server.run("noop"),
                        () -> Figures.median(ceiling.latencies(8, TASKS)));
        report.atMost("p50 of a chain of 40, ms", 20, inProcess.p50());
        report.atMost("fsyncs for each task of it", 1.1, inProcess.fsyncsPerTask());

        processes(bed, latency, server, ceiling, "shell", SHELL, "/bin/sh", "-c", ":");
        report.note("shell: /bin/sh for each task; its ceiling starts as many bare ones, and syncs as often.");
        processes(
                bed, latency, server, ceiling, "plugin", "\"type\":\"bench.answer\"",
                "/bin/sh", plugins.resolve("bench/bench.sh").toString());
        report.note("plugin: a process for each attempt. Workers that stay warm don't exist yet.");
        var python = python();
        if (python.isEmpty()) {
            report.note("python: left out, as there is no python3.");
            return;
        }
        var task =
                "\"type\":\"shell\",\"with\":{\"args\":[\"%s\",\"-c\",\"%s\"]}"
                        .formatted(python, PYTHON.replace("\n", "\\n"));
        processes(bed, latency, server, ceiling, "python", task, python, "-c", PYTHON);
        report.note("python: fib(10), an interpreter started for each task.");
    }

    private static void processes(
            Bed bed, Latency latency, Server server, Ceiling ceiling, String name, String type, String... bare)
            throws Exception {
        server.put(name, Workflows.chain(name, TASKS, type));
        latency.measure(
                name, TASKS, bed.size(3, 1), bed.size(10, 1), bed.size(5, 1),
                () -> server.run(name),
                () -> {
                    long from = System.nanoTime();
                    for (int i = 0; i < TASKS; i++) {
                        bare(bare);
                        ceiling.latencies(1, 1);
                    }
                    return (System.nanoTime() - from) / 1e6;
                });
    }

    /// The program alone, from its start to its end.
    ///
    /// @return milliseconds
    static double bare(String... command) throws Exception {
        long from = System.nanoTime();
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
        return (System.nanoTime() - from) / 1e6;
    }

    /// The interpreter itself, as wrappers cost more than it does. Empty where there is none.
    static String python() throws Exception {
        try {
            var process =
                    new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
            var path = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? path : "";
        } catch (java.io.IOException _) {
            return "";
        }
    }
}

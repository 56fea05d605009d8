import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs the benchmarks that were asked for, each on each database, and prints what they found.
class Bench {

    private static final Map<String, Benchmark> BENCHMARKS = new LinkedHashMap<>();

    static {
        BENCHMARKS.put("b1", new ShortRun());
        BENCHMARKS.put("b2", new Chain());
        BENCHMARKS.put("b3", new LongTasks());
        BENCHMARKS.put("b4", new Throughput());
        BENCHMARKS.put("b5", new Timers());
        BENCHMARKS.put("b6", new LargeGraph());
        BENCHMARKS.put("b7", new FanOutFanIn());
        BENCHMARKS.put("b8", new Memory());
        BENCHMARKS.put("b9", new StartUp());
        BENCHMARKS.put("b11", new History());
        BENCHMARKS.put("b12", new Recovery());
        BENCHMARKS.put("pages", new Pages());
    }

    public static void main(String... arguments) throws Exception {
        Options options;
        try {
            options = Options.of(List.of(arguments), BENCHMARKS);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        // Not the system's folder for temporary files, which may be memory.
        var folder =
                Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")), "run-")
                        .toAbsolutePath();
        // However it ends, no server stays and no folder.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(folder)));
        var failed = false;
        for (var kind : options.databases()) {
            failed |= !on(kind, options, folder);
        }
        System.exit(failed ? 1 : 0);
    }

    private static void cleanUp(Path folder) {
        var left = ProcessHandle.current().children().toList();
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(process -> process.onExit().join());
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            System.err.println("Left behind: " + folder);
        }
    }

    private static boolean on(String kind, Options options, Path folder) throws Exception {
        var succeeded = true;
        try (var storage = Storage.start(kind, Files.createDirectory(folder.resolve(kind)))) {
            for (var benchmark : options.benchmarks()) {
                var name = name(benchmark);
                System.err.printf("%s on %s: %s%n", name, kind, benchmark.title());
                var report = new Report(name, benchmark.title(), storage, options.quick());
                try (var bed = new Bed(name, storage, options.quick(), folder)) {
                    succeeded &= succeeds(benchmark, bed, report, options);
                }
            }
        }
        return succeeded;
    }

    /// Where one fails, the others may still tell something.
    private static boolean succeeds(
            Benchmark benchmark, Bed bed, Report report, Options options) throws Exception {
        try {
            benchmark.run(bed, report);
            report.finish(bed.folder());
            report.print(options.onlyJson());
            return true;
        } catch (Exception e) {
            e.printStackTrace();
            bed.tellLogs();
            return false;
        }
    }

    private static String name(Benchmark benchmark) {
        return BENCHMARKS.entrySet().stream()
                .filter(one -> one.getValue() == benchmark)
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}

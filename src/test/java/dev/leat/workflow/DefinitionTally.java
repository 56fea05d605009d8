package dev.leat.workflow;

import dev.leat.task.Problem;
import dev.leat.workflow.WorkflowLoader.Loaded;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What came of loading generated definitions.
///
/// @param slowest processor time of the one that took longest, in milliseconds
/// @param troubles what must not happen, each with its seed
record DefinitionTally(
        long seed,
        int count,
        int good,
        int broken,
        long slowest,
        Map<String, Integer> codes,
        List<String> troubles) {

    private static final long LONGEST = TimeUnit.SECONDS.toMillis(1);

    /// Loads as many as `count`, from the seeds that follow the first.
    static DefinitionTally of(long seed, int count) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        var codes = new TreeMap<String, Integer>();
        var troubles = new ArrayList<String>();
        var good = 0;
        var slowest = 0L;
        // What is loaded once and kept isn't the document's time.
        Loading.LOADER.load(GeneratedDefinition.of(seed));
        for (long each = seed; each < seed + count; each++) {
            var source = GeneratedDefinition.of(each);
            var begin = threads.getCurrentThreadCpuTime();
            try {
                var loaded = Loading.LOADER.load(source);
                good += loaded.hasErrors() ? 0 : 1;
                check(each, loaded, troubles);
                loaded.problems().forEach(problem -> codes.merge(problem.code(), 1, Integer::sum));
            } catch (RuntimeException | StackOverflowError e) {
                troubles.add("%d: %s at %s".formatted(each, e, e.getStackTrace()[0]));
            }
            var took = TimeUnit.NANOSECONDS.toMillis(threads.getCurrentThreadCpuTime() - begin);
            slowest = Math.max(slowest, took);
            if (took > LONGEST) {
                troubles.add("%d: took %d ms".formatted(each, took));
            }
        }
        return new DefinitionTally(seed, count, good, count - good, slowest, codes, troubles);
    }

    private static void check(long seed, Loaded loaded, List<String> troubles) {
        if (loaded.workflow() == null && loaded.problems().stream().noneMatch(Problem::isError)) {
            troubles.add(seed + ": neither a workflow nor an error");
        }
        for (var problem : loaded.problems()) {
            var words = problem.message() + " " + problem.hint();
            if (problem.line() < 1
                    || problem.column() < 1
                    || problem.message().isBlank()
                    || words.contains("Exception")
                    || words.contains("\tat ")
                    || !Explanations.ALL.containsKey(problem.code())) {
                troubles.add(seed + ": " + problem);
            }
        }
    }

    /// One line for a report.
    String line() {
        return "%,d definitions from seed %d: %,d good, %,d with errors, %d kinds of problems, slowest %d ms, troubles: %s"
                .formatted(count, seed, good, broken, codes.size(), slowest, troubles);
    }
}

package dev.leat.cli;

import dev.leat.engine.simulation.TestReport;
import dev.leat.engine.simulation.TestResult;
import dev.leat.engine.simulation.TestResult.Failure;
import dev.leat.engine.simulation.WorkflowTests;
import dev.leat.store.Json;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `leat test`.
@Dependent
class TestVerb {

    private final WorkflowTests tests;

    TestVerb(WorkflowTests tests) {
        this.tests = tests;
    }

    /// A test file with what came of it.
    record Tested(String file, TestReport report) {}

    int perform(TestCommand command) {
        List<Tested> all;
        try {
            var paths = command.paths.isEmpty() ? List.of("workflows") : command.paths;
            all = TestFiles.find(paths).stream().map(this::test).toList();
            if (all.isEmpty()) {
                throw new Sources.Unreadable(
                        "There are no *.test.json files in %s."
                                .formatted(String.join(", ", paths)));
            }
            if (command.junit != null) {
                write(command.junit, JunitXml.of(all));
            }
        } catch (Sources.Unreadable e) {
            System.err.println("leat: " + e.sentence());
            return Exit.REFUSED;
        }
        if (command.json) {
            System.out.println(Json.writePretty(all.stream().map(TestJson::of).toList()));
        } else {
            print(all, command.timeline);
        }
        return exit(all);
    }

    private Tested test(String file) {
        return new Tested(file, tests.run(Sources.workflow(file), TestFiles.beside(file)));
    }

    private static int exit(List<Tested> all) {
        if (all.stream().anyMatch(each -> !each.report().troubles().isEmpty())) {
            return Exit.REFUSED;
        }
        return all.stream().allMatch(each -> each.report().passed()) ? Exit.SUCCESS : Exit.FAILED;
    }

    private static void write(Path file, String text) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Sources.Unreadable("%s can't be written: %s".formatted(file, e.getMessage()));
        }
    }

    private static void print(List<Tested> all, boolean timeline) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("FILE", "TEST", "RESULT", "DURATION", "MS"));
        for (var each : all) {
            each.report().tests().forEach(result -> rows.add(row(each.file(), result)));
        }
        if (rows.size() > 1) {
            new Table(rows).print(System.out);
        }
        all.forEach(each -> printDetails(each, timeline));
        System.out.println();
        System.out.println(summary(all));
    }

    private static List<String> row(String file, TestResult result) {
        return List.of(
                file,
                Terminal.harmless(result.name()),
                result.passed() ? "ok" : "FAILED",
                result.duration(),
                "%.1f".formatted(result.milliseconds()));
    }

    private static void printDetails(Tested tested, boolean timeline) {
        for (var trouble : tested.report().troubles()) {
            System.out.println();
            var source = trouble.source();
            new ProblemPrinter(System.out).print(source.name(), source.text(), trouble.problems());
        }
        for (var result : tested.report().tests()) {
            if (timeline || !result.passed()) {
                System.out.println();
                System.out.println(
                        "%s: %s".formatted(tested.file(), Terminal.harmless(result.name())));
                result.failures().forEach(failure -> print(tested.file(), failure));
                printTimeline(result);
            }
        }
    }

    private static void print(String file, Failure failure) {
        System.out.printf(
                "  %s:%d:%d: %s  (%s)%n",
                file,
                failure.line(),
                failure.column(),
                Terminal.harmless(failure.message()),
                failure.pointer());
        if (failure.expected() != null) {
            System.out.println("    expected  " + Terminal.harmless(failure.expected()));
            System.out.println(
                    "    actual    " + Terminal.harmless(String.valueOf(failure.actual())));
        }
        if (failure.hint() != null) {
            System.out.println("    help: " + Terminal.harmless(failure.hint()));
        }
    }

    private static void printTimeline(TestResult result) {
        if (!result.timeline().isEmpty()) {
            System.out.println("  what happened:");
            result.timeline().forEach(line -> System.out.println("    " + Terminal.harmless(line)));
        }
    }

    private static String summary(List<Tested> all) {
        var results = all.stream().flatMap(each -> each.report().tests().stream()).toList();
        var failed = results.stream().filter(result -> !result.passed()).count();
        var unusable = all.stream().filter(each -> !each.report().troubles().isEmpty()).count();
        var took = results.stream().mapToDouble(TestResult::milliseconds).sum();
        return "%d tests of %d files in %.0f ms: %s"
                .formatted(
                        results.size(),
                        all.size(),
                        took,
                        failed + unusable == 0
                                ? "all as expected"
                                : failed
                                        + " failed"
                                        + (unusable == 0
                                                ? ""
                                                : ", " + unusable + " files can't be used"));
    }
}

package dev.leat.engine.simulation;

import dev.leat.engine.simulation.WorkflowTests.Workflows;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.Dependent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tests one workflow of a test's own. Quotes are written singly, to be readable in Java.
@Dependent
class Trials {

    private final WorkflowTests tests;

    Trials(WorkflowTests tests) {
        this.tests = tests;
    }

    /// @param test the members of one test but its name
    TestResult one(String workflow, String test) {
        return one(workflow, List.of(), test);
    }

    /// @param others that tasks of the workflow may start
    TestResult one(String workflow, List<String> others, String test) {
        var report = report(workflow, others, "{'tests': [{'name': 't', " + test + "}]}");
        if (!report.troubles().isEmpty()) {
            throw new AssertionError(report.troubles().getFirst().problems());
        }
        return report.tests().getFirst();
    }

    TestReport report(String workflow, String document) {
        return report(workflow, List.of(), document);
    }

    TestReport report(String workflow, List<String> others, String document) {
        return tests.run(
                new Source(quoted(document), Format.JSON, "w.test.json"),
                new Folder(workflow, others));
    }

    private record Folder(String workflow, List<String> others) implements Workflows {
        @Override
        public Source find(@Nullable String named) {
            return new Source(quoted(workflow), Format.JSON, "w.json");
        }

        @Override
        public Stream<Source> others(String id, int revision) {
            return others.stream().map(text -> new Source(quoted(text), Format.JSON, "other.json"));
        }
    }

    /// Such as `/tests/0/expect/state: The run's state is another.`
    static List<String> failures(TestResult result) {
        return result.failures().stream()
                .map(failure -> failure.pointer() + ": " + failure.message())
                .toList();
    }

    static List<String> problems(TestReport report) {
        return report.troubles().getFirst().problems().stream().map(Object::toString).toList();
    }

    private static String quoted(String text) {
        return text.replace("\"", "\\\"").replace('\'', '"');
    }
}

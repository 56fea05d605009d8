package dev.leat.engine.simulation;

import dev.leat.task.Problem;
import dev.leat.workflow.WorkflowLoader.Source;
import java.util.List;

/// What came of a test document.
///
/// @param workflow the id of the workflow under test; empty where it can't be read
/// @param troubles texts that can't be used; no test was run then
public record TestReport(String workflow, List<Trouble> troubles, List<TestResult> tests) {

    public TestReport {
        troubles = List.copyOf(troubles);
        tests = List.copyOf(tests);
    }

    /// @param problems those of the text, errors among them
    public record Trouble(Source source, List<Problem> problems) {
        public Trouble {
            problems = List.copyOf(problems);
        }
    }

    public boolean passed() {
        return troubles.isEmpty() && tests.stream().allMatch(TestResult::passed);
    }
}

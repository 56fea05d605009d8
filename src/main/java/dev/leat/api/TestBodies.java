package dev.leat.api;

import dev.leat.engine.simulation.TestResult;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What tests of workflows are answered with.
final class TestBodies {

    private TestBodies() {}

    @RegisterForReflection
    @Schema(name = "TestRun", description = "What came of the tests of a workflow.")
    record TestRun(
            @Schema(description = "The workflow's id.") String workflow,
            @Schema(description = "Whether every test came to what it expects.") boolean passed,
            List<TestResult> tests) {}
}

package dev.leat.api;

import dev.leat.api.TestBodies.TestRun;
import dev.leat.engine.simulation.WorkflowTests;
import dev.leat.engine.simulation.WorkflowTests.Workflows;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Tests of stored workflows. Apart from [WorkflowResource] for the same reason as
/// [StartResource].
@Path("/api/workflows/{workflow}/test")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Workflows")
@RunOnVirtualThread
class TestResource {

    private final WorkflowTests tests;
    private final WorkflowStore workflows;

    TestResource(WorkflowTests tests, WorkflowStore workflows) {
        this.tests = tests;
        this.workflows = workflows;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "text/yaml"})
    @Operation(
            operationId = "testWorkflow",
            summary = "Run tests of a workflow's current text",
            description =
                    "The body is a test document, as `leat test` reads it. Tests run on a clock of"
                            + " their own; nothing is stored and nothing is started. Tests that fail"
                            + " are an answer too, with status 200.")
    @APIResponse(responseCode = "200", description = "What came of each test.")
    @APIResponse(responseCode = "404", description = "There is no such workflow.")
    @APIResponse(responseCode = "422", description = "The document has errors; no test was run.")
    public TestRun test(String workflow, byte[] body, @Context HttpHeaders headers) {
        var current =
                source(workflow, 0)
                        .orElseThrow(
                                () ->
                                        new Refusal.NotFound(
                                                "There is no workflow '" + workflow + "'."));
        var report = tests.run(Definitions.source(body, headers), new Stored(current));
        if (!report.troubles().isEmpty()) {
            var trouble = report.troubles().getFirst();
            var what =
                    trouble.source() == current
                            ? "The workflow '%s' has errors.".formatted(workflow)
                            : "The test document has errors; no test was run.";
            throw new Refusal.Invalid(what, trouble.problems());
        }
        return new TestRun(report.workflow(), report.passed(), report.tests());
    }

    private Optional<Source> source(String workflow, int number) {
        var revision =
                number == 0
                        ? workflows
                                .current(workflow)
                                .flatMap(current -> workflows.revision(current.id()))
                        : workflows.revision(workflow, number);
        return revision.map(
                found -> new Source(found.source, Format.valueOf(found.format), found.workflow));
    }

    /// The workflow under test, and the others as they are stored.
    private final class Stored implements Workflows {
        private final Source current;

        private Stored(Source current) {
            this.current = current;
        }

        @Override
        public Source find(@Nullable String named) {
            return current;
        }

        @Override
        public Stream<Source> others(String other, int revision) {
            return source(other, revision).stream();
        }
    }
}

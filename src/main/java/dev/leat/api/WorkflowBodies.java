package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.security.ProblemDetail;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the workflow addresses answer.
final class WorkflowBodies {

    private WorkflowBodies() {}

    @RegisterForReflection
    @Schema(name = "WorkflowSummary", description = "A workflow as lists show it.")
    record WorkflowSummary(
            @Schema(
                            description = "Namespace and id; without the namespace in `default`.",
                            examples = "sales.nightly-orders")
                    String id,
            String namespace,
            String name,
            String description,
            Map<String, String> labels,
            @Schema(description = "The number of the newest revision.") int revision,
            @Schema(
                            description =
                                    "Where the text came from: `api`, `dashboard`, `cli`, or"
                                            + " `file:<path>`, which only the file can change.")
                    String origin,
            Instant updatedAt) {}

    @RegisterForReflection
    @Schema(name = "WorkflowList")
    record WorkflowList(List<WorkflowSummary> workflows) {}

    @RegisterForReflection
    @Schema(name = "Workflow", description = "A workflow with the text of its current revision.")
    record WorkflowView(
            String id,
            String namespace,
            String name,
            String description,
            Map<String, String> labels,
            int revision,
            String origin,
            Instant updatedAt,
            @Schema(description = "How `source` is written: `JSON` or `YAML`.") String format,
            @Schema(description = "The text, exactly as it was stored.") String source) {}

    @RegisterForReflection
    @Schema(name = "Revision", description = "One immutable text of a workflow.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RevisionView(
            int number,
            @Schema(description = "SHA-256 of the text, hex.") String hash,
            String format,
            String origin,
            @Nullable String author,
            @Schema(description = "Why it was saved, where somebody said so.")
                    @Nullable String message,
            Instant createdAt,
            @Schema(description = "Only where one revision is asked for.")
                    @Nullable String source) {}

    @RegisterForReflection
    @Schema(name = "RevisionList")
    record RevisionList(String workflow, List<RevisionView> revisions) {}

    @RegisterForReflection
    @Schema(name = "Saved", description = "What became of a text that was sent to be stored.")
    record SavedWorkflow(
            String id,
            int revision,
            @Schema(description = "False where the text was the current revision already.")
                    boolean created,
            @Schema(description = "Warnings: it is stored, but something is likely not meant.")
                    List<ProblemDetail.Item> problems) {}

    @RegisterForReflection
    @Schema(name = "Checked", description = "What is wrong with a text that wasn't stored.")
    record CheckedWorkflow(
            boolean valid,
            @Schema(description = "The workflow's id, where it can be read.") @Nullable String id,
            @Schema(description = "The JSON Schema of its inputs, where it is valid.")
                    @Nullable Map<String, @Nullable Object> inputs,
            List<ProblemDetail.Item> problems) {}
}

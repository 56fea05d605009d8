package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.engine.report.OperationReport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the addresses take and answer by which people steer runs.
final class OperationBodies {

    private OperationBodies() {}

    @RegisterForReflection
    @Schema(name = "Reason")
    record ReasonBody(
            @Schema(description = "Why; kept with the run and shown.") @Nullable String reason) {}

    @RegisterForReflection
    @Schema(name = "MarkTask", description = "How a task is to have ended.")
    record MarkBody(
            @Schema(description = "`SUCCESS`, `FAILED` or `SKIPPED`.", required = true)
                    String state,
            @Schema(description = "With SUCCESS: what later tasks see as its output.")
                    @Nullable Object output,
            @Schema(description = "With FAILED: its error's message.") @Nullable String message,
            @Schema(description = "Why; kept with the run and shown.") @Nullable String reason) {}

    @RegisterForReflection
    @Schema(name = "Rerun", description = "A new run to make from one that has ended.")
    record RerunBody(
            @Schema(
                            description =
                                    "`failed` (the default) keeps what succeeded, `start` keeps"
                                            + " nothing; a task's id does that one and what comes"
                                            + " after it again, too.")
                    @Nullable String from,
            @Schema(description = "Instead of the run's inputs; the same by default.")
                    @Nullable Map<String, @Nullable Object> inputs,
            @Schema(description = "A revision's number, or `current`; the run's own by default.")
                    @Nullable Object revision,
            @Schema(description = "By task: `state`, `output`, `message`, as for marking one.")
                    @Nullable Map<String, MarkBody> mark,
            @Schema(description = "Why; kept with both runs and shown.") @Nullable String reason) {}

    @RegisterForReflection
    @Schema(name = "LabelRun")
    record LabelBody(
            @Schema(description = "Labels to add or to change; values are text.")
                    @Nullable Map<String, String> set,
            @Schema(description = "Names of labels to take away.") @Nullable List<String> remove,
            @Schema(description = "Why; kept with the run.") @Nullable String reason) {}

    @RegisterForReflection
    @Schema(name = "Bulk", description = "The same for many runs, at most 10,000.")
    record BulkBody(
            @Schema(
                            description = "`cancel`, `pause`, `resume`, `rerun` or `label`.",
                            required = true)
                    String action,
            @Schema(description = "The runs; or a filter.") @Nullable List<String> ids,
            @Schema(
                            description =
                                    "As the list of runs takes it: `workflow`, `state`, `trigger`,"
                                            + " `since`, `until`, `label` (`[\"name=value\"]`).")
                    @Nullable Map<String, Object> filter,
            @Schema(description = "Every run is meant, although nothing is filtered.")
                    @Nullable Boolean all,
            @Schema(description = "With rerun: `failed` (the default), `start` or a task.")
                    @Nullable String from,
            @Schema(description = "With label.") @Nullable Map<String, String> set,
            @Schema(description = "With label.") @Nullable List<String> remove,
            @Schema(description = "Why; kept with each run.") @Nullable String reason,
            @Schema(description = "Only say which runs fit.") @Nullable Boolean dryRun) {}

    @RegisterForReflection
    @Schema(name = "BulkResult")
    record BulkResult(
            String action,
            boolean dryRun,
            @Schema(description = "How many runs there were.") int found,
            @Schema(description = "In how many of them it was done.") int done,
            int failed,
            @Schema(description = "Why it wasn't, by run; the first thousand.")
                    List<BulkFailure> failures,
            @Schema(description = "For a trial: the runs that fit; the first thousand.")
                    List<String> runs,
            @Schema(description = "With rerun: the new runs; the first thousand.")
                    List<String> made) {}

    @RegisterForReflection
    @Schema(name = "BulkFailure")
    record BulkFailure(String run, String reason) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OperationPage", description = "What people did with a run, oldest first.")
    record OperationPage(
            List<OperationReport> operations,
            @Schema(description = "The address of what comes after; none on the last page.")
                    @Nullable String next) {}
}

package dev.leat.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leat.engine.report.OperationReport;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
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
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OperationPage", description = "What people did with a run, oldest first.")
    record OperationPage(
            List<OperationReport> operations,
            @Schema(description = "The address of what comes after; none on the last page.")
                    @Nullable String next) {}
}

package dev.leat.engine.report;

import dev.leat.engine.Approvals;
import dev.leat.store.Ids;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A question that a task asks people.
///
/// @param form JSON Schema of the values that come with the answer
/// @param approvers who may answer; empty for anybody
/// @param deadline when an answer is too late; null where it never is
@RegisterForReflection
@Schema(name = "Approval")
public record ApprovalReport(
        String run,
        String workflow,
        String task,
        String title,
        String message,
        Map<String, @Nullable Object> form,
        List<String> approvers,
        @Nullable Instant deadline,
        @Nullable Instant since) {

    public static ApprovalReport of(Approvals.Open open) {
        var task = open.task();
        var approval = open.approval();
        return new ApprovalReport(
                Ids.text(task.run()),
                task.workflow(),
                task.task(),
                approval.title(),
                approval.message(),
                approval.form(),
                approval.approvers(),
                task.dueAt(),
                task.since());
    }
}

package dev.leat.plugin.builtin;

import dev.leat.plugin.BuiltIn;
import dev.leat.plugin.TaskType;
import dev.leat.plugin.TaskTypes;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.task.TaskError;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a person. The engine brings the answer; here is only the question.
@Singleton
class ApprovalTask implements BuiltIn {

    private final TaskType type = TaskTypes.builtIn("approval", TaskTypes.ENGINE);

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public Outcome perform(TaskContext context) {
        var parameters = context.parameters();
        Instant deadline;
        try {
            deadline = Deadline.of(context);
        } catch (IllegalArgumentException wrong) {
            return Outcome.failed(
                    TaskError.permanent("parameters", "with/deadline: " + wrong.getMessage()));
        }
        var approval =
                new Awaited.Approval(
                        String.valueOf(parameters.get("title")),
                        text(parameters.get("message")),
                        object(parameters.get("form")),
                        texts(parameters.get("approvers")),
                        !"continue".equals(parameters.get("onReject")));
        var who =
                approval.approvers().isEmpty()
                        ? "somebody"
                        : String.join(" or ", approval.approvers());
        return new Outcome.Awaiting(
                approval,
                "waits for %s to answer: %s%s"
                        .formatted(who, approval.title(), Deadline.words(deadline)),
                deadline,
                late(parameters.get("default"), approval, deadline));
    }

    private static Outcome late(
            @Nullable Object given, Awaited.Approval approval, @Nullable Instant deadline) {
        var answer = object(given);
        if (answer.isEmpty() || deadline == null) {
            return Outcome.failed(
                    TaskError.permanent("timeout", "nobody answered in time: " + approval.title()));
        }
        var approved = "approved".equals(answer.get("decision"));
        var output = new LinkedHashMap<String, @Nullable Object>();
        output.put("decision", answer.get("decision"));
        output.put("approved", approved);
        output.put("values", object(answer.get("values")));
        output.put("comment", "nobody answered in time");
        output.put("by", null);
        output.put("at", deadline.toString());
        return approved || !approval.rejectionFails()
                ? Outcome.succeeded(output)
                : Outcome.failed(
                        TaskError.permanent("rejected", "nobody answered in time")
                                .withDetails(output));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}

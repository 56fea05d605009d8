package dev.leat.engine;

import dev.leat.engine.Answers.Given;
import dev.leat.engine.Approvals.Decision;
import dev.leat.store.WaitStore;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import dev.leat.task.Refusal;
import dev.leat.task.TaskError;
import dev.leat.workflow.Schemas;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who may answer what, and what an answer means for its task. Without effects, so that tests of
/// workflows go by the same rules as runs.
final class AnswerRules {

    private static final String TOO_LATE = "tooLate";

    private AnswerRules() {}

    /// The answer that is kept of a decision.
    ///
    /// @throws Refusal.Forbidden where others are asked
    /// @throws Refusal.Invalid where the values don't fit the form
    static Map<String, @Nullable Object> answer(
            Awaited.Approval approval, Decision decision, Schemas schemas) {
        refuseOthers(approval, decision.by());
        if (decision.approved() || !decision.values().isEmpty()) {
            refuseValues(approval, decision.values(), schemas);
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("decision", decision.approved() ? "approved" : "rejected");
        answer.put("values", decision.values());
        answer.put("comment", decision.comment() == null ? "" : decision.comment());
        return answer;
    }

    private static void refuseOthers(Awaited.Approval approval, @Nullable String by) {
        var approvers = approval.approvers();
        if (!approvers.isEmpty() && (by == null || !approvers.contains(by))) {
            throw new Refusal.Forbidden(
                    "%s may answer this, and %s."
                            .formatted(
                                    String.join(" or ", approvers),
                                    by == null ? "nobody said who answers" : "not " + by));
        }
    }

    private static void refuseValues(
            Awaited.Approval approval, Map<String, @Nullable Object> values, Schemas schemas) {
        var problems = schemas.validateForm(approval.form(), values);
        if (!problems.isEmpty()) {
            throw new Refusal.Invalid("The values don't fit the form.", problems);
        }
    }

    /// What is kept of a signal's payload for those who waited for it.
    static Map<String, @Nullable Object> payload(@Nullable Object payload) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("payload", payload);
        return answer;
    }

    /// What is kept in an answer's place where none is taken any more.
    static Map<String, @Nullable Object> tooLate() {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put(TOO_LATE, true);
        return answer;
    }

    static boolean isTooLate(WaitStore.Answer answer) {
        return Boolean.TRUE.equals(answer.answer().get(TOO_LATE));
    }

    /// What an answer means for the task that waited for it.
    static Given given(Awaited awaited, WaitStore.Answer answer) {
        var by = answer.by() == null ? "" : " by " + answer.by();
        return switch (awaited) {
            case Awaited.Signal(var name, var key) ->
                    new Given(
                            Outcome.succeeded(answer.answer().get("payload")),
                            "signal '"
                                    + name
                                    + "' came"
                                    + (key.isEmpty() ? "" : " for " + key)
                                    + by);
            case Awaited.Approval approval -> decided(approval, answer, by);
            case Awaited.Run _ -> throw new IllegalStateException("a run answers by its end");
        };
    }

    private static Given decided(Awaited.Approval approval, WaitStore.Answer answer, String by) {
        var output = new LinkedHashMap<>(answer.answer());
        var approved = "approved".equals(output.get("decision"));
        output.put("approved", approved);
        output.put("by", answer.by());
        output.put("at", answer.at().toString());
        var comment = output.get("comment");
        var said = (comment == null || comment.equals("") ? "" : ": " + comment);
        var sentence = (approved ? "approved" : "rejected") + by + said;
        if (!approved && approval.rejectionFails()) {
            var error = TaskError.permanent("rejected", sentence).withDetails(output);
            return new Given(Outcome.failed(error), sentence);
        }
        return new Given(Outcome.succeeded(output), sentence);
    }
}

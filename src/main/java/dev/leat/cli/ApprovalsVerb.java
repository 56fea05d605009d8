package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.task.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `leat approvals`, and what answers them.
final class ApprovalsVerb {

    private static final List<String> TITLES =
            List.of("RUN", "TASK", "WORKFLOW", "QUESTION", "WHO", "UNTIL");

    private final RunHost host;

    ApprovalsVerb(RunHost host) {
        this.host = host;
    }

    int list(boolean json) {
        var approvals = host.approvals();
        if (json) {
            System.out.println(Json.writePretty(approvals));
        } else if (approvals.isEmpty()) {
            System.out.println("No task asks anybody anything.");
        } else {
            var rows = new ArrayList<List<String>>(List.of(TITLES));
            approvals.forEach(approval -> rows.add(row(approval)));
            new Table(rows).print(System.out);
        }
        return Exit.SUCCESS;
    }

    private static List<String> row(Map<?, ?> approval) {
        var who = RunDocument.texts(approval.get("approvers"));
        return List.of(
                RunDocument.text(approval, "run"),
                RunDocument.text(approval, "task"),
                RunDocument.text(approval, "workflow"),
                RunDocument.text(approval, "title"),
                who.isEmpty() ? "anybody" : String.join(", ", who),
                RunDocument.text(approval, "deadline"));
    }

    int decide(AnswerOptions answer, boolean approved) {
        return answered(
                () -> {
                    var form = object(host.approval(answer.run, answer.task).get("form"));
                    var typed = InputArguments.typed(form, answer.values);
                    host.decide(
                            answer.run,
                            answer.task,
                            new RunHost.Decision(approved, typed, answer.comment, answer.by));
                    System.out.printf(
                            "%s by %s; task '%s' of run %s goes on by it.%n",
                            approved ? "Approved" : "Rejected", answer.by, answer.task, answer.run);
                });
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> object.put(String.valueOf(key), item));
        }
        return object;
    }

    /// @return the exit code of a change that may be refused
    static int answered(Runnable change) {
        try {
            change.run();
            return Exit.SUCCESS;
        } catch (Refusal.Invalid e) {
            e.problems().forEach(problem -> System.err.println("leat: " + problem.message()));
            return e.problems().isEmpty() ? Remote.refused(e) : Exit.REFUSED;
        } catch (IllegalArgumentException e) {
            return Remote.refused(e);
        } catch (RuntimeException e) {
            if (Remote.isRefusal(e)) {
                return Remote.refused(e);
            }
            throw e;
        }
    }
}

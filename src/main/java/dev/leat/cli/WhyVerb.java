package dev.leat.cli;

import dev.leat.store.TaskState;
import java.util.Map;

/// `leat why`: the reason of a run and of each task that hasn't ended, or that failed.
final class WhyVerb {

    private final RunHost host;

    WhyVerb(RunHost host) {
        this.host = host;
    }

    int perform(String id) {
        try {
            print(host.document(id));
            return Exit.SUCCESS;
        } catch (RuntimeException e) {
            if (Remote.isRefusal(e)) {
                return Remote.refused(e);
            }
            throw e;
        }
    }

    private static void print(RunDocument run) {
        var reason = run.reason();
        System.out.printf(
                "Run %s of '%s' is %s%s%n",
                run.id(),
                run.workflow(),
                Words.word(run.state()),
                reason == null ? "." : ": " + reason);
        var failure = run.failure();
        if (failure != null) {
            var task = failure.task() == null ? "" : ", task '" + failure.task() + "'";
            System.out.printf("  %s%s: %s%n", failure.code(), task, failure.message());
        }
        for (var task : RunDocument.objects(run.json().get("tasks"))) {
            var state = TaskState.valueOf(RunDocument.text(task, "state"));
            if (!state.terminal() || state.failure()) {
                System.out.println("  " + line(task, state));
            }
        }
    }

    private static String line(Map<?, ?> task, TaskState state) {
        var reason = RunDocument.text(task, "reason");
        var error =
                task.get("error") instanceof Map<?, ?> map ? RunDocument.text(map, "message") : "";
        var why = reason.isEmpty() ? error : reason;
        return "%-16s %s%s"
                .formatted(
                        RunDocument.text(task, "id"),
                        Words.word(state),
                        why.isEmpty() ? "" : ": " + why);
    }
}

package dev.leat.dashboard;

import dev.leat.engine.report.TaskReport;
import dev.leat.store.Json;
import dev.leat.store.RunLogs;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One task of a run, attempt by attempt.
@Path("/runs/{run}/tasks/{task}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class TaskPages {

    private final Runs runs;
    private final RunStore store;
    private final RunLogs logs;

    TaskPages(Runs runs, RunStore store, RunLogs logs) {
        this.runs = runs;
        this.store = store;
        this.logs = logs;
    }

    /// @param attempt 0 for the newest
    @GET
    public TemplateInstance get(
            @RestPath String run, @RestPath String task, @RestQuery int attempt) {
        var page = runs.page(run);
        var report =
                page.run().tasks().stream()
                        .filter(candidate -> candidate.id().equals(task))
                        .findFirst()
                        .orElseThrow(() -> unknown(page, task));
        var number = attempt > 0 ? attempt : report.attempt();
        var chosen =
                report.attempts().stream()
                        .filter(candidate -> candidate.number() == number)
                        .findFirst()
                        .orElse(null);
        return new task(
                page,
                report,
                number,
                chosen,
                reason(report, chosen),
                report.hasOutput() && number == report.attempt()
                        ? store.output(page.key(), task).map(Json::read).map(Tree::of).orElse(null)
                        : null,
                LogView.tail(logs, page, task, number, LogView.PAGE));
    }

    private static Failure.@Nullable Reason reason(
            TaskReport task, TaskReport.@Nullable Attempt attempt) {
        var error = attempt == null ? task.error() : attempt.error();
        return error == null ? null : Failure.Reason.of(error);
    }

    private static Refusal unknown(RunPage page, String task) {
        return new Refusal.NotFound(
                "Run '%s' of '%s' has no task '%s'."
                        .formatted(page.run().id(), page.run().workflow(), task));
    }

    /// @param number the chosen attempt's; 0 before the first
    /// @param attempt null before the first
    /// @param reason why the attempt failed; null where it didn't
    record task(
            RunPage page,
            TaskReport task,
            int number,
            TaskReport.@Nullable Attempt attempt,
            Failure.@Nullable Reason reason,
            @Nullable Tree output,
            LogView log)
            implements TemplateInstance {}
}

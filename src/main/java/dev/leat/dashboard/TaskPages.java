package dev.leat.dashboard;

import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TaskReport;
import dev.leat.store.Json;
import dev.leat.store.RunLogSearch;
import dev.leat.store.RunStore;
import dev.leat.store.TaskState;
import dev.leat.task.Refusal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One task of a run, attempt by attempt.
@Path("/runs/{run}/tasks/{task}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class TaskPages {

    private static final int ITEMS_SHOWN = 100;

    private final Runs runs;
    private final RunReports reports;
    private final RunStore store;
    private final RunLogSearch logs;

    TaskPages(Runs runs, RunReports reports, RunStore store, RunLogSearch logs) {
        this.runs = runs;
        this.reports = reports;
        this.store = store;
        this.logs = logs;
    }

    /// @param attempt 0 for the newest
    /// @param items the state of the items to show; null for all
    /// @param after the position of the item after which to begin; null for the first
    @GET
    public TemplateInstance get(
            @RestPath String run,
            @RestPath String task,
            @RestQuery int attempt,
            @RestQuery @Nullable String items,
            @RestQuery @Nullable Integer after) {
        var page = runs.page(run);
        var group = task.indexOf('.') > 0 ? task.substring(0, task.indexOf('.')) : null;
        var report = group == null ? planned(page, task) : reports.task(run, task);
        var number = attempt > 0 ? attempt : report.attempt();
        var chosen =
                report.attempts().stream()
                        .filter(candidate -> candidate.number() == number)
                        .findFirst()
                        .orElse(null);
        return new task(
                page,
                report,
                group,
                items(run, report, items, after == null ? -1 : after),
                number,
                chosen,
                reason(report, chosen),
                reports.parameters(reports.run(run), task)
                        .filter(with -> !Map.of().equals(with))
                        .map(Tree::of)
                        .orElse(null),
                report.hasOutput() && number == report.attempt()
                        ? store.output(page.key(), task).map(Json::read).map(Tree::of).orElse(null)
                        : null,
                page.run().state().terminal() && group == null && report.section().equals("tasks"),
                LogView.end(logs, page, LogChoice.of(page.run().id(), task, number), LogView.PAGE));
    }

    private static TaskReport planned(RunPage page, String task) {
        return page.run().tasks().stream()
                .filter(candidate -> candidate.id().equals(task))
                .findFirst()
                .orElseThrow(() -> unknown(page, task));
    }

    private @Nullable Items items(String run, TaskReport task, @Nullable String wanted, int after) {
        if (task.facts() == null || !task.facts().hasItems()) {
            return null;
        }
        var state = state(wanted);
        var found = reports.items(run, task.id(), state, after, ITEMS_SHOWN + 1);
        var more = found.size() > ITEMS_SHOWN;
        var shown = more ? found.subList(0, ITEMS_SHOWN) : found;
        var last = shown.isEmpty() ? "" : shown.getLast().id();
        return new Items(
                shown,
                state == null ? "" : state.name().toLowerCase(Locale.ROOT),
                last.substring(last.indexOf('.') + 1),
                more ? 1 : 0);
    }

    private static @Nullable TaskState state(@Nullable String word) {
        return Arrays.stream(TaskState.values())
                .filter(state -> state.name().equalsIgnoreCase(word))
                .findFirst()
                .orElse(null);
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

    /// @param state which are shown; empty for all
    /// @param last the position of the last one shown
    /// @param next 0 where there are no more
    record Items(List<TaskReport> list, String state, String last, int next) {}

    /// @param group the task that this one is an item of; null for none
    /// @param items null where it has none
    /// @param number the chosen attempt's; 0 before the first
    /// @param attempt null before the first
    /// @param reason why the attempt failed; null where it didn't
    /// @param retryable whether a new run can begin with it: handlers belong to their run
    /// @param parameters as the revision has them; null for none
    record task(
            RunPage page,
            TaskReport task,
            @Nullable String group,
            @Nullable Items items,
            int number,
            TaskReport.@Nullable Attempt attempt,
            Failure.@Nullable Reason reason,
            @Nullable Tree parameters,
            @Nullable Tree output,
            boolean retryable,
            LogView log)
            implements TemplateInstance {}
}

package dev.leat.api;

import dev.leat.api.RunBodies.TaskDetail;
import dev.leat.api.RunBodies.TaskList;
import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TaskReport;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.RunStore;
import dev.leat.store.TaskState;
import dev.leat.task.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/runs/{run}/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
@RunOnVirtualThread
class TaskResource {

    private final RunReports reports;
    private final RunStore runs;
    private final ApiConfig config;

    TaskResource(RunReports reports, RunStore runs, ApiConfig config) {
        this.reports = reports;
        this.runs = runs;
        this.config = config;
    }

    @GET
    @Operation(operationId = "listTasks", summary = "All tasks of a run, started or not")
    public TaskList list(String run) {
        return new TaskList(run, reports.tasks(run));
    }

    @GET
    @Path("/{task}")
    @Operation(
            operationId = "getTask",
            summary = "One task with its attempts and output",
            description = "A large output isn't part of the answer; `outputUrl` leads to it.")
    @APIResponse(responseCode = "404", description = "There is no such run or task.")
    public TaskDetail get(String run, String task) {
        var report = reports.task(run, task);
        var output = runs.output(Ids.parse(run), task);
        if (output.isEmpty()) {
            return new TaskDetail(run, report, null, null, null);
        }
        int bytes = output.get().getBytes(StandardCharsets.UTF_8).length;
        var value = bytes <= config.inlineOutputBytes() ? Json.readToShow(output.get()) : null;
        return new TaskDetail(
                run, report, value, bytes, "/api/runs/%s/tasks/%s/output".formatted(run, task));
    }

    @GET
    @Path("/{task}/items")
    @Operation(
            operationId = "listItems",
            summary = "The items of a `forEach` task that have begun, in order",
            description = "An item is a task by itself: `load.3` is the fourth of `load`.")
    @APIResponse(responseCode = "404", description = "There is no such run or task.")
    public ItemList items(
            String run,
            String task,
            @Parameter(description = "Such as `failed`.") @QueryParam("state")
                    @Nullable String state,
            @Parameter(description = "The position after which to begin; `next` has it.")
                    @QueryParam("after")
                    @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int size = Query.number("limit", limit, config.pageSize(), 1, config.largestPage());
        int from = Query.number("after", after, -1, -1, Integer.MAX_VALUE);
        var found =
                reports.items(
                        run, task, Query.word("state", state, TaskState.class), from, size + 1);
        var page = found.subList(0, Math.min(size, found.size()));
        var last = found.size() <= size ? null : page.getLast().id();
        return new ItemList(
                run,
                task,
                page,
                last == null ? null : Integer.valueOf(last.substring(last.indexOf('.') + 1)));
    }

    /// @param next the `after` of the next page; null where this is the last
    @RegisterForReflection
    @Schema(name = "ItemList")
    record ItemList(String run, String task, List<TaskReport> items, @Nullable Integer next) {}

    @GET
    @Path("/{task}/output")
    @Operation(
            operationId = "getTaskOutput",
            summary = "What a task gave back, as JSON",
            description = "Exactly what later tasks see as `tasks.<id>.output`.")
    @APIResponse(responseCode = "404", description = "There is no such output, or not yet.")
    public String output(String run, String task) {
        var stored = reports.run(run);
        return runs.output(stored.id, task)
                .orElseThrow(
                        () -> {
                            var state = reports.task(run, task).state();
                            return new Refusal.NotFound(
                                    "Task '%s' has no output; it is %s.".formatted(task, state));
                        });
    }
}

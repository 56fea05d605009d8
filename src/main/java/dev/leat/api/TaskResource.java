package dev.leat.api;

import dev.leat.api.RunBodies.TaskDetail;
import dev.leat.api.RunBodies.TaskList;
import dev.leat.engine.report.RunReports;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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

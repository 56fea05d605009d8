package dev.leat.api;

import dev.leat.plugin.PluginLoader;
import dev.leat.plugin.PluginLoader.Plugin;
import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.plugin.TaskType;
import dev.leat.security.ProblemDetail;
import dev.leat.task.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Task types", description = "What a task can be.")
@RunOnVirtualThread
class CatalogueResource {

    private final TaskRegistry registry;
    private final PluginLoader loader;

    CatalogueResource(TaskRegistry registry, PluginLoader loader) {
        this.registry = registry;
        this.loader = loader;
    }

    @GET
    @Path("/task-types")
    @Operation(
            operationId = "listTaskTypes",
            summary = "All task types in all versions",
            description = "Built-in ones, and those that plugins bring.")
    public TaskTypeList types() {
        return new TaskTypeList(registry.types().stream().map(TaskTypeView::of).toList());
    }

    @GET
    @Path("/task-types/{reference}")
    @Operation(
            operationId = "getTaskType",
            summary = "A task type: `http` for the newest version, or `http@2`")
    @APIResponse(responseCode = "404", description = "There is no such task type.")
    public TaskTypeView type(String reference) {
        return registry.find(reference)
                .map(RegisteredTask::type)
                .map(TaskTypeView::of)
                .orElseThrow(
                        () ->
                                new Refusal.NotFound(
                                        "There is no task type '%s'. GET /api/task-types lists them."
                                                .formatted(Views.shown(reference))));
    }

    @GET
    @Path("/plugins")
    @Operation(
            operationId = "listPlugins",
            summary = "All plugins found",
            description = "The broken ones too, with what is wrong with them.")
    public PluginList plugins() {
        return new PluginList(loader.plugins().stream().map(PluginView::of).toList());
    }

    @RegisterForReflection
    @Schema(name = "TaskTypeList")
    record TaskTypeList(List<TaskTypeView> taskTypes) {}

    @RegisterForReflection
    @Schema(name = "TaskType")
    record TaskTypeView(
            String name,
            int version,
            @Schema(
                            description = "What a workflow writes to mean exactly this.",
                            examples = "http@2")
                    String reference,
            String title,
            String description,
            @Schema(description = "`built-in`, or the plugin's name.") String origin,
            @Schema(description = "`java`, `process` or `engine`.") String execution,
            @Schema(description = "JSON Schema of `with`.")
                    Map<String, @Nullable Object> parameters,
            @Schema(description = "JSON Schema of the output.")
                    Map<String, @Nullable Object> output) {

        static TaskTypeView of(TaskType type) {
            return new TaskTypeView(
                    type.name(),
                    type.version(),
                    type.reference(),
                    type.title(),
                    type.description(),
                    type.origin(),
                    type.execution(),
                    type.parameters(),
                    type.output());
        }
    }

    @RegisterForReflection
    @Schema(name = "PluginList")
    record PluginList(List<PluginView> plugins) {}

    @RegisterForReflection
    @Schema(name = "Plugin")
    record PluginView(
            String name,
            String version,
            String title,
            String description,
            boolean usable,
            List<String> taskTypes,
            Map<String, String> links,
            List<ProblemDetail.Item> problems) {

        static PluginView of(Plugin plugin) {
            return new PluginView(
                    plugin.name(),
                    plugin.version(),
                    plugin.title(),
                    plugin.description(),
                    plugin.usable(),
                    plugin.types().stream().map(TaskType::reference).toList(),
                    plugin.links(),
                    ProblemDetail.Item.of(plugin.problems()));
        }
    }
}

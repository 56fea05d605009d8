package dev.leat.dashboard;

import dev.leat.plugin.RegisteredTask;
import dev.leat.plugin.TaskRegistry;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/// Texts to begin with.
@ApplicationScoped
class Examples {

    static final String BEGINNING =
            """
            {
              "id": "my-workflow",
              "name": "My workflow",
              "inputs": {
                "type": "object",
                "properties": {"name": {"type": "string", "default": "world"}}
              },
              "tasks": [
                {"id": "greet", "type": "log", "with": {"message": "Hello ${ inputs.name }"}},
                {"id": "done", "type": "noop", "dependsOn": ["greet"]}
              ]
            }
            """;

    private final TaskRegistry registry;

    Examples(TaskRegistry registry) {
        this.registry = registry;
    }

    /// A workflow with a task of one type.
    ///
    /// @param reference `http`, or `http@2`
    /// @throws Refusal.NotFound
    String workflow(String reference) {
        var type =
                registry.find(reference)
                        .map(RegisteredTask::type)
                        .orElseThrow(
                                () ->
                                        new Refusal.NotFound(
                                                "There is no task type '%s'."
                                                        .formatted(reference)));
        var name = type.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var task = Parameters.example(type).strip().replace("\n", "\n    ");
        return """
        {
          "id": "try-%s",
          "name": "Try %s",
          "tasks": [
            %s
          ]
        }
        """
                .formatted(name, type.name(), task);
    }
}

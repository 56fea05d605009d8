package dev.leat.workflow;

import dev.leat.plugin.TaskRegistry;
import dev.leat.store.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// The JSON Schema of workflows, for editors: every key with its description, and the parameters of
/// every task type that is registered at the moment. It comes from the table that the loader checks
/// against.
@ApplicationScoped
public class WorkflowSchema {

    private final TaskRegistry registry;
    private final Schemas schemas;
    private volatile Written written = new Written(-1, "");

    private record Written(long generation, String json) {}

    WorkflowSchema(TaskRegistry registry, Schemas schemas) {
        this.registry = registry;
        this.schemas = schemas;
    }

    /// The schema of test documents, which doesn't depend on types.
    public String tests() {
        return Json.writePretty(new SchemaWriter(List.of(), schemas).tests());
    }

    /// The schema of calendars.
    public String calendar() {
        return Json.writePretty(new SchemaWriter(List.of(), schemas).calendar());
    }

    /// The schema of blackouts.
    public String blackout() {
        return Json.writePretty(new SchemaWriter(List.of(), schemas).blackout());
    }

    /// The schema as it is now; made anew only when the types have changed.
    public String json() {
        var generation = registry.generation();
        var known = written;
        if (known.generation() != generation) {
            var schema = new SchemaWriter(registry.types(), schemas).workflow();
            known = new Written(generation, Json.writePretty(schema));
            written = known;
        }
        return known.json();
    }
}

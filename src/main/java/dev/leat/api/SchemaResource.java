package dev.leat.api;

import dev.leat.workflow.WorkflowSchema;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/schema")
@Tag(name = "Workflows")
@RunOnVirtualThread
class SchemaResource {

    private final WorkflowSchema schema;

    SchemaResource(WorkflowSchema schema) {
        this.schema = schema;
    }

    @GET
    @Path("/workflow-v1.json")
    @Produces({"application/schema+json", "application/json"})
    @Operation(
            operationId = "getWorkflowSchema",
            summary = "The JSON Schema of workflows, for editors",
            description = "With the parameters of all task types that this server has.")
    public String get() {
        return schema.json();
    }

    @GET
    @Path("/workflow-tests-v1.json")
    @Produces({"application/schema+json", "application/json"})
    @Operation(
            operationId = "getTestSchema",
            summary = "The JSON Schema of test documents, for editors")
    public String tests() {
        return schema.tests();
    }

    @GET
    @Path("/calendar-v1.json")
    @Produces({"application/schema+json", "application/json"})
    @Operation(
            operationId = "getCalendarSchema",
            summary = "The JSON Schema of calendars, for editors")
    public String calendar() {
        return schema.calendar();
    }

    @GET
    @Path("/blackout-v1.json")
    @Produces({"application/schema+json", "application/json"})
    @Operation(
            operationId = "getBlackoutSchema",
            summary = "The JSON Schema of blackouts, for editors")
    public String blackout() {
        return schema.blackout();
    }
}

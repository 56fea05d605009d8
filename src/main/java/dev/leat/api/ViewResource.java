package dev.leat.api;

import dev.leat.engine.SavedViews;
import dev.leat.store.SavedView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/views")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Views", description = "Lists of the dashboard with their filters, under a name.")
@RunOnVirtualThread
class ViewResource {

    private final SavedViews views;

    ViewResource(SavedViews views) {
        this.views = views;
    }

    @GET
    @Operation(operationId = "listViews", summary = "The saved views, by name")
    public ViewList list() {
        return new ViewList(views.all().stream().map(View::of).toList());
    }

    @PUT
    @Path("/{view}")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "saveView", summary = "Keep a list with its filter under a name")
    @APIResponse(responseCode = "422", description = "It can't be kept so.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ViewBody.class)))
    public View save(String view, byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("path", "query"));
        var path = body.text("path");
        var query = body.text("query");
        body.check();
        return View.of(views.save(view, path == null ? "" : path, query == null ? "" : query));
    }

    @DELETE
    @Path("/{view}")
    @Operation(operationId = "deleteView", summary = "Forget a view")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "404", description = "There is none with this name.")
    public void delete(String view) {
        views.delete(view);
    }

    @RegisterForReflection
    @Schema(name = "ViewList")
    record ViewList(List<View> items) {}

    @RegisterForReflection
    @Schema(name = "View")
    record View(
            String name,
            @Schema(description = "The list: `/runs`, `/workflows`, `/ledger` or `/logs`.")
                    String path,
            @Schema(description = "The filter, as it stands in an address.") String query,
            Instant savedAt) {

        static View of(SavedView view) {
            return new View(view.name(), view.path(), view.query(), view.savedAt());
        }
    }

    @Schema(name = "ViewBody")
    record ViewBody(String path, String query) {}
}

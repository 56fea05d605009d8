package dev.leat.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// The description of the REST interface, as it was made when Leat was built.
@Path("/openapi")
@RunOnVirtualThread
class OpenApiResource {

    /// YAML, unless JSON is asked for: what the MicroProfile OpenAPI specification says of this
    /// address.
    @GET
    @Operation(hidden = true)
    public Response get(@QueryParam("format") @Nullable String format, @Context HttpHeaders headers)
            throws IOException {
        var json =
                format == null
                        ? headers.getAcceptableMediaTypes()
                                .contains(MediaType.APPLICATION_JSON_TYPE)
                        : format.toLowerCase(Locale.ROOT).equals("json");
        var kind = json ? "json" : "yaml";
        try (var document = OpenApiResource.class.getResourceAsStream("openapi." + kind)) {
            if (document == null) {
                throw new NotFoundException(
                        "This build of Leat has no description of its REST interface.");
            }
            return Response.ok(document.readAllBytes(), "application/" + kind + ";charset=UTF-8")
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .build();
        }
    }
}

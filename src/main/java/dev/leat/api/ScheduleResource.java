package dev.leat.api;

import dev.leat.api.TriggerBodies.SchedulePreview;
import dev.leat.engine.report.SchedulePreviews;
import dev.leat.security.ProblemDetail;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/schedules/preview")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Triggers")
@RunOnVirtualThread
class ScheduleResource {

    private static final int NEXT = 10;
    private static final int MOST_NEXT = 1_000;

    private final SchedulePreviews previews;

    ScheduleResource(SchedulePreviews previews) {
        this.previews = previews;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "previewSchedule",
            summary = "When a trigger would fire that isn't stored",
            description =
                    "The body has the keys of a trigger, such as `cron` and `timezone`; `id` and"
                            + " `type` may be left out. One that has errors is an answer too, with"
                            + " status 200 and everything that is wrong with it.")
    @APIResponse(responseCode = "200", description = "Its next fires, or what is wrong with it.")
    @RequestBody(
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations
                                                            .enums.SchemaType.OBJECT)))
    public SchedulePreview preview(
            @Parameter(description = "The first moment that counts; now if left out.")
                    @QueryParam("from")
                    @Nullable String from,
            @QueryParam("count") @Nullable String count,
            byte @Nullable [] bytes) {
        var after = Query.moment("from", from);
        int most = Query.number("count", count, NEXT, 1, MOST_NEXT);
        Map<String, @Nullable Object> keys = JsonBody.open(bytes);
        var preview = previews.of(keys, after, most);
        return new SchedulePreview(
                preview.valid(),
                preview.sentence(),
                preview.next(),
                ProblemDetail.Item.of(preview.problems()));
    }
}

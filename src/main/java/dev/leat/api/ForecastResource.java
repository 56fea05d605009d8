package dev.leat.api;

import dev.leat.api.TriggerBodies.WhatIfBody;
import dev.leat.engine.report.Forecast;
import dev.leat.engine.report.Forecasts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/forecast")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Triggers")
@RunOnVirtualThread
class ForecastResource {

    private static final int DAYS = 7;

    private final Forecasts forecasts;

    ForecastResource(Forecasts forecasts) {
        this.forecasts = forecasts;
    }

    @GET
    @Operation(
            operationId = "forecast",
            summary = "What the clock will start in the next days, and where runs meet",
            description =
                    "Runs are expected to take as long as the median of the workflow's latest 20"
                            + " that succeeded. A trigger that fires often is told by its first"
                            + " fires and how far they are apart.")
    public Forecast forecast(
            @Parameter(description = "From now on, 1 to 31; 7 if left out.") @QueryParam("days")
                    @Nullable String days,
            @QueryParam("workflow") @Nullable String workflow) {
        return forecasts.of(Query.number("days", days, DAYS, 1, Forecasts.MOST_DAYS), workflow);
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "forecastWhatIf",
            summary = "What would be otherwise if a trigger had another cron expression",
            description = "Nothing is changed. `forecast` is the one with the change.")
    @APIResponse(responseCode = "404", description = "There is no such trigger.")
    @APIResponse(responseCode = "422", description = "The expression can't be used.")
    @RequestBody(content = @Content(schema = @Schema(implementation = WhatIfBody.class)))
    public Forecast.WhatIf whatIf(byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("workflow", "trigger", "cron", "days"));
        for (var name : Set.of("workflow", "trigger", "cron")) {
            if (!body.has(name)) {
                body.wrongType(name, "there");
            }
        }
        var workflow = String.valueOf(body.text("workflow"));
        var trigger = String.valueOf(body.text("trigger"));
        var cron = String.valueOf(body.text("cron"));
        int days = body.whole("days", 1, Forecasts.MOST_DAYS, DAYS);
        body.check();
        return forecasts.whatIf(days, workflow, trigger, cron);
    }
}

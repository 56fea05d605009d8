package dev.leat.dashboard;

import dev.leat.engine.firing.Triggers;
import dev.leat.engine.report.Forecast;
import dev.leat.engine.report.Forecasts;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What the clock will start in the next days, and what moving a schedule would change.
@Path("/forecast")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class ForecastPages {

    private static final int DAYS = 7;
    private static final int MOST_CHOICES = 500;

    private final Forecasts forecasts;
    private final Triggers triggers;
    private final InstantSource clock;

    ForecastPages(Forecasts forecasts, Triggers triggers, InstantSource clock) {
        this.forecasts = forecasts;
        this.triggers = triggers;
        this.clock = clock;
    }

    /// @param trigger `workflow/trigger` that is moved; null for none
    /// @param cron what it would have
    @GET
    public Response get(@RestQuery @Nullable String trigger, @RestQuery @Nullable String cron) {
        var moved = Ledger.given(trigger);
        var to = Ledger.given(cron);
        var at = moved.lastIndexOf('/');
        if (at < 0 || to.isEmpty()) {
            return page(200, forecasts.of(DAYS, null), null, moved, to, "");
        }
        try {
            var whatIf =
                    forecasts.whatIf(DAYS, moved.substring(0, at), moved.substring(at + 1), to);
            return page(200, whatIf.forecast(), whatIf, moved, to, "");
        } catch (Refusal.Invalid e) {
            var problem = e.problems().isEmpty() ? e.sentence() : e.problems().getFirst().message();
            return page(Answer.UNPROCESSABLE, forecasts.of(DAYS, null), null, moved, to, problem);
        }
    }

    private Response page(
            int status,
            Forecast forecast,
            Forecast.@Nullable WhatIf whatIf,
            String moved,
            String cron,
            String problem) {
        var choices =
                triggers.all().stream()
                        .filter(each -> each.spec().kind() instanceof TriggerSpec.Clock)
                        .limit(MOST_CHOICES)
                        .map(each -> each.workflow() + "/" + each.id())
                        .toList();
        var body =
                new forecast(
                        forecast,
                        ForecastTimeline.of(forecast),
                        whatIf,
                        choices,
                        moved,
                        cron,
                        problem,
                        clock.instant());
        return Answer.of(status, body);
    }

    /// @param whatIf null where nothing is moved
    /// @param choices triggers that can be moved
    /// @param problem why it can't be moved so; empty for none
    record forecast(
            Forecast forecast,
            ForecastTimeline timeline,
            Forecast.@Nullable WhatIf whatIf,
            List<String> choices,
            String moved,
            String cron,
            String problem,
            Instant now)
            implements TemplateInstance {}
}

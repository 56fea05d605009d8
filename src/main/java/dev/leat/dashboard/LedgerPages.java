package dev.leat.dashboard;

import dev.leat.engine.report.TriggerReports;
import dev.leat.store.Fire;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What each expected fire of all triggers came to.
@Path("/ledger")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class LedgerPages {

    private static final int PAGE = 50;

    private final TriggerReports reports;
    private final InstantSource clock;

    LedgerPages(TriggerReports reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    @GET
    public TemplateInstance get(
            @RestQuery @Nullable String workflow,
            @RestQuery @Nullable String trigger,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String since,
            @RestQuery @Nullable String until,
            @RestQuery @Nullable String before) {
        var chosen =
                new Ledger.Chosen(
                        Ledger.given(workflow),
                        Ledger.given(trigger),
                        Ledger.given(state),
                        Ledger.given(since),
                        Ledger.given(until));
        return new ledger(
                Ledger.page(reports, chosen, before, PAGE),
                List.of(Fire.State.values()),
                clock.instant());
    }

    record ledger(Ledger ledger, List<Fire.State> states, Instant now)
            implements TemplateInstance {}
}

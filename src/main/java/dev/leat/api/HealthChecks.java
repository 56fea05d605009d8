package dev.leat.api;

import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.WorkflowStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// What those ask who restart or route to servers. They get a yes or a no; reasons are in the log
/// and under `/api/system`.
@ApplicationScoped
class HealthChecks {

    private static final Logger LOG = Logger.getLogger(HealthChecks.class);

    @Produces
    @ApplicationScoped
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.up("leat");
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck database(WorkflowStore workflows) {
        return () -> HealthCheckResponse.named("database").status(answers(workflows)).build();
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck journal(Journal journal) {
        return () -> HealthCheckResponse.named("journal").status(keepsUp(journal)).build();
    }

    /// Down while the server stops, and while this node has lost its lease.
    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck node(Membership membership) {
        return () ->
                HealthCheckResponse.named("node")
                        .status(membership.holds() && !membership.draining())
                        .build();
    }

    private static boolean answers(WorkflowStore workflows) {
        try {
            workflows.workflow("health");
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("The database doesn't answer: %s", e.getMessage());
            return false;
        }
    }

    private static boolean keepsUp(Journal journal) {
        var now = journal.statistics();
        return now.trouble() == null && now.keepsUp();
    }
}

package dev.leat.store;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Not ready while nothing can be written.
@Readiness
@Singleton
class StoreHealth implements HealthCheck {

    private final Journal journal;

    StoreHealth(Journal journal) {
        this.journal = journal;
    }

    @Override
    public HealthCheckResponse call() {
        var trouble = journal.statistics().trouble();
        var answer = HealthCheckResponse.named("Leat: the journal can write");
        return trouble == null
                ? answer.up().build()
                : answer.down().withData("trouble", trouble).build();
    }
}

package dev.leat.dashboard;

import dev.leat.engine.report.FireReport;
import dev.leat.engine.report.TriggerReports;
import dev.leat.store.Fire;
import dev.leat.store.TriggerStore.Filter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Fires that should have started a run and didn't.
@Singleton
class Missed {

    private static final int MOST = 20;
    private static final Duration DAY = Duration.ofHours(24);

    private final TriggerReports reports;
    private final InstantSource clock;

    Missed(TriggerReports reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /// The latest of the last 24 hours, newest first.
    List<FireReport> ofLastDay() {
        var since = clock.instant().minus(DAY);
        var filter = new Filter(null, null, Fire.State.MISSED, null);
        return reports.fires(filter, Long.MAX_VALUE, MOST).stream()
                .filter(fire -> fire.at().isAfter(since))
                .toList();
    }
}

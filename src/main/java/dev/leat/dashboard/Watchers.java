package dev.leat.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/// How many pages may be watched live at once. Those beyond refresh themselves instead.
@ApplicationScoped
class Watchers {

    private final int most;
    private final Semaphore places;

    Watchers(DashboardConfig config) {
        most = config.watchers();
        places = new Semaphore(most);
    }

    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    /// `3 of at most 200`.
    String told() {
        return (most - places.availablePermits()) + " of at most " + most;
    }
}

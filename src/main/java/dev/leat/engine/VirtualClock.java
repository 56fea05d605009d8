package dev.leat.engine;

import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is moved.
public final class VirtualClock implements InstantSource {

    private Instant now;

    public VirtualClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void set(Instant moment) {
        now = moment;
    }
}

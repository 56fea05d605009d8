package dev.leat.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a phase has nothing to do: until then its run needs no memory.
final class Idleness {

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private Idleness() {}

    /// Until when nothing happens by itself; null where something may at any time.
    static @Nullable Instant until(Phase phase, boolean paused) {
        if (phase.readyCount() > 0) {
            return null;
        }
        Instant until = null;
        for (var task : phase.live()) {
            switch (task.state) {
                case RUNNING -> {
                    if (task.items == null) {
                        return null;
                    }
                }
                case READY -> {
                    if (!paused) {
                        return null;
                    }
                }
                case RETRYING, WAITING -> {
                    var due = task.idleUntil();
                    if (due == null && paused && task.awaited == null) {
                        continue;
                    }
                    if (due == null) {
                        return null;
                    }
                    until = until == null || due.isBefore(until) ? due : until;
                }
                case PENDING,
                        SUCCESS,
                        FAILED,
                        TIMED_OUT,
                        SKIPPED,
                        UPSTREAM_FAILED,
                        CANCELLED,
                        UNKNOWN -> {}
            }
        }
        return until == null && paused ? NEVER : until;
    }
}

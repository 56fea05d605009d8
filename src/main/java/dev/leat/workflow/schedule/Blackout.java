package dev.leat.workflow.schedule;

import java.time.Instant;

/// Stretches of time in which workflows don't start by themselves.
public final class Blackout {

    private Blackout() {}

    /// What becomes of a fire in a blackout.
    public enum Action {
        /// It happens once the blackout is over.
        HOLD,
        SKIP
    }

    /// A blackout that a moment is in.
    ///
    /// @param until when it is over
    /// @param sentence says why, for people
    public record Window(Instant until, Action action, String sentence) {}
}

package dev.leat.engine.firing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of triggers, `leat.triggers.*`.
@ConfigMapping(prefix = "leat.triggers")
interface FiringConfig {

    /// Whether anything fires by itself in this process. People still can start what a trigger
    /// would.
    @WithDefault("true")
    boolean enabled();

    /// A fire that is later than this is past its time, and the trigger's `catchUp` says what
    /// becomes of it.
    @WithDefault("1m")
    Duration onTime();

    /// How long a trigger that paused itself waits before it tries a single run.
    @WithDefault("15m")
    Duration trialAfter();

    /// How long the ledger keeps fires.
    @WithDefault("90d")
    Duration keepFires();

    /// How many runs triggers start at once in this process; further ones wait their turn.
    @WithDefault("64")
    int atOnce();
}

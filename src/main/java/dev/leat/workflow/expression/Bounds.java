package dev.leat.workflow.expression;

import java.time.Duration;

/// See [ExpressionsConfig], whose defaults these are.
record Bounds(int text, int nesting, int iterations, int size, long memory, Duration timeout) {

    static final Bounds DEFAULTS =
            new Bounds(20_000, 100, 200_000, 1_000_000, 33_554_432, Duration.ofSeconds(1));

    static Bounds of(ExpressionsConfig config) {
        return new Bounds(
                config.maxText(),
                config.maxNesting(),
                config.maxIterations(),
                config.maxSize(),
                config.maxMemory(),
                config.timeout());
    }
}

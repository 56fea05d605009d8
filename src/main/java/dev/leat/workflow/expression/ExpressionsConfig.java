package dev.leat.workflow.expression;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much an expression may cost. The defaults leave ample room for what workflows do; whatever
/// needs more is a task's work.
@ConfigMapping(prefix = "leat.expressions")
interface ExpressionsConfig {

    /// Characters of one `${ … }`.
    @WithDefault("20000")
    int maxText();

    /// How deep parentheses, lists, maps and calls may be nested in one expression.
    @WithDefault("100")
    int maxNesting();

    /// Rounds of `map`, `filter`, `all` and their like that one evaluation may take together.
    @WithDefault("200000")
    int maxIterations();

    /// Characters of any string, or elements of any list or map, that an expression builds.
    @WithDefault("1000000")
    int maxSize();

    /// Bytes, estimated, that everything built by one evaluation may take together. Think of how
    /// many evaluations happen at once and how large the heap is.
    @WithDefault("33554432")
    long maxMemory();

    /// How long one evaluation may take. The first one after a start loads classes, too.
    @WithDefault("1s")
    Duration timeout();
}

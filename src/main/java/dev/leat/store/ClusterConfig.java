package dev.leat.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// How nodes that share a PostgreSQL database watch over one another, `leat.cluster.*`. Has no
/// effect with SQLite, which has one process.
@ConfigMapping(prefix = "leat.cluster")
interface ClusterConfig {

    /// How people see this node; the machine's name where nothing is set.
    Optional<String> nodeName();

    /// How long a node that isn't heard of keeps its runs. Shorter means that others take over
    /// sooner; longer, that a node outlives a longer absence of the database without stopping its
    /// tasks, which it does after two thirds of this.
    @WithDefault("5s")
    Duration lease();

    /// How often a node says that it lives. Several times a lease, so that one that is late
    /// changes nothing.
    @WithDefault("1s")
    Duration renew();
}

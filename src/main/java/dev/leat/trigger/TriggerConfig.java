package dev.leat.trigger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// Where workflow files come from.
@ConfigMapping(prefix = "leat.workflows")
interface TriggerConfig {

    /// The folder whose files are loaded at start and whenever they change, with the folders in it;
    /// a relative path starts where Leat was started.
    @WithDefault("workflows")
    Path directory();

    /// How often the folder is looked through even where the system tells of no change, as network
    /// drives don't.
    @WithDefault("10s")
    Duration poll();
}

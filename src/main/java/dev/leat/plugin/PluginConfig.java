package dev.leat.plugin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// Where plugins come from.
@ConfigMapping(prefix = "leat.plugins")
interface PluginConfig {

    /// The folder that holds one folder a plugin; a relative path starts where Leat was started.
    /// Whoever can write to it can run programs as the server: keep it to yourself.
    @WithDefault("plugins")
    Path directory();

    /// How often the folder is looked through even where the system tells of no change, as network
    /// drives don't.
    @WithDefault("30s")
    Duration poll();
}

package dev.leat.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the dashboard behaves.
@ConfigMapping(prefix = "leat.dashboard")
interface DashboardConfig {

    /// How many pages may be watched live at once; pages beyond that refresh themselves every few
    /// seconds. Each costs a connection and a virtual thread.
    @WithDefault("200")
    int watchers();

    /// The least time between two updates of a page. Longer saves work with many watchers.
    @WithDefault("500ms")
    Duration updates();
}

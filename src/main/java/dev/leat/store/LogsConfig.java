package dev.leat.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much of what tasks write is kept, and for how long.
@ConfigMapping(prefix = "leat.logs")
public interface LogsConfig {

    /// Of an attempt that writes more, the middle is left out and a mark says so. The last 64 KiB
    /// are always kept.
    @WithDefault("10000000")
    long maxBytesPerAttempt();

    /// Days after a run's end until its logs are deleted. 0 keeps them for good.
    @WithDefault("30")
    int keep();

    /// Where all logs together are larger, those of the oldest finished runs are deleted first. 0
    /// sets no limit.
    @WithDefault("10000000000")
    long maxTotalBytes();

    Search search();

    /// The index that makes all kept logs searchable.
    interface Search {

        /// Whether there is one. It takes a little processor time after each run, and about a third
        /// of the disk space of the logs.
        @WithDefault("true")
        boolean enabled();
    }
}

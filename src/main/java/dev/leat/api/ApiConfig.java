package dev.leat.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much one request may ask for.
@ConfigMapping(prefix = "leat.api")
interface ApiConfig {

    /// The longest that `?wait=` holds a request. Proxies between give up after a minute or so.
    @WithDefault("60s")
    Duration longestWait();

    /// How many runs a page has where the request doesn't say.
    @WithDefault("50")
    int pageSize();

    /// The most items that a request gets at once.
    @WithDefault("500")
    int largestPage();

    /// Larger outputs aren't part of a task's answer; they have an address of their own.
    @WithDefault("65536")
    int inlineOutputBytes();

    /// How often a silent event stream says that it is still there.
    @WithDefault("15s")
    Duration heartbeat();

    /// A reader that takes longer than this for one event is dropped; it comes back with its
    /// cursor.
    @WithDefault("10s")
    Duration slowestReader();

    /// How many event streams may be open at once.
    @WithDefault("500")
    int mostStreams();
}

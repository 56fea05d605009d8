package dev.leat.trigger.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much the senders of webhooks may ask for.
@ConfigMapping(prefix = "leat.webhooks")
interface WebhookConfig {

    /// How many deliveries are read and started at once; it bounds the memory that bodies take.
    /// Further ones wait.
    @WithDefault("64")
    int atOnce();

    /// The longest that a delivery waits for its turn; then it is answered with 503, and the sender
    /// comes again.
    @WithDefault("5s")
    Duration patience();

    /// The longest that an answer waits for a run's end, whatever the trigger says. Proxies between
    /// give up after a minute or so.
    @WithDefault("50s")
    Duration longestWait();
}

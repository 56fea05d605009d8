package dev.leat.plugin.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Where requests of Leat may go.
@ConfigMapping(prefix = "leat.outbound")
interface OutboundConfig {

    /// Whether workflows may call this machine and private networks (`127.0.0.1`, `10.0.0.0/8`,
    /// `fd00::/8`, …). Say no where people write workflows who shouldn't reach what the server
    /// reaches. Link-local addresses and the metadata services of clouds are never called.
    @WithDefault("true")
    boolean allowPrivateAddresses();

    /// How long a connection may take to come about.
    @WithDefault("10s")
    Duration connectTimeout();
}

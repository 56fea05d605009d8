package dev.leat.security;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/// How the server is reached.
@ConfigMapping(prefix = "leat.http")
interface HttpConfig {

    /// Names, beside those of the loopback interface, under which browsers may reach this server:
    /// those that a proxy on this machine forwards. Without a port.
    Optional<Set<String>> allowedHosts();
}

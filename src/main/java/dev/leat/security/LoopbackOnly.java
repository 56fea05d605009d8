package dev.leat.security;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses to start where others than this machine could ask: there is no login yet, so that
/// everybody who can ask can run programs here.
@ApplicationScoped
class LoopbackOnly {

    private final String host;
    private final boolean listens;

    LoopbackOnly(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true")
                    boolean listens) {
        this.host = host;
        this.listens = listens;
    }

    /// Before the server listens.
    void check(@Observes StartupEvent start) {
        if (listens && !loopback(host)) {
            throw new IllegalStateException(
                    ("quarkus.http.host is '%s', which others than this machine can reach, and Leat"
                                    + " has no login yet. Leave it at 127.0.0.1, and put a proxy"
                                    + " with a login before it where others must reach it.")
                            .formatted(host));
        }
    }

    static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}

package dev.leat.plugin.http;

import io.vertx.core.Vertx;
import java.time.Duration;

/// Makes clients without a container. All share one event loop, which ends with the tests.
public final class TestHttp {

    private static final Vertx VERTX = Vertx.vertx();

    private TestHttp() {}

    public static OutboundHttp open() {
        return client(true);
    }

    public static OutboundHttp closedToPrivateAddresses() {
        return client(false);
    }

    private static OutboundHttp client(boolean allowPrivate) {
        record Config(boolean allowPrivateAddresses, Duration connectTimeout)
                implements OutboundConfig {}
        return new OutboundHttp(VERTX, new Config(allowPrivate, Duration.ofSeconds(5)));
    }
}

package dev.leat.store.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// Where Leat keeps what happened.
@ConfigMapping(prefix = "leat.database")
public interface DatabaseConfig {

    /// `jdbc:sqlite:<file>` or `jdbc:postgresql://<host>:<port>/<database>`. The default is a
    /// file in the data directory; take PostgreSQL for more than one server.
    String url();

    /// PostgreSQL only.
    Optional<String> username();

    /// PostgreSQL only.
    Optional<String> password();

    /// What acknowledged work survives. `power`: a power failure too, at the price of one fsync a
    /// commit. `process`: only a crash of Leat; a power failure may lose the last moments.
    @WithDefault("power")
    Durability durability();

    /// The most connections that read at once. The one that writes isn't counted.
    @WithDefault("10")
    int readers();

    /// See [DatabaseConfig#durability].
    enum Durability {
        POWER,
        PROCESS
    }
}

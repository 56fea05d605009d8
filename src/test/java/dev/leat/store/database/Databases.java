package dev.leat.store.database;

import dev.leat.store.database.DatabaseConfig.Durability;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/// Databases for tests that need no application around them.
public final class Databases {

    private Databases() {}

    /// With all tables, whether they were there or not.
    public static Database migrated(String url) {
        return migrated(url, "latest");
    }

    public static Database migrated(String url, Durability durability) {
        return migrated(new Database(new Settings(url, durability)), "latest");
    }

    /// With the tables as an earlier version of Leat had them.
    ///
    /// @param version of the last migration that it had
    public static Database migrated(String url, String version) {
        return migrated(new Database(settings(url)), version);
    }

    private static Database migrated(Database database, String version) {
        migrations(database, version).migrate();
        return database;
    }

    /// @param version of the last of them, or `latest`
    static Flyway migrations(Database database, String version) {
        var configuration = Flyway.configure().locations("db/migration").target(version);
        new Migrations(database).customize(configuration);
        return configuration.load();
    }

    static DatabaseConfig settings(String url) {
        return new Settings(url, Durability.POWER);
    }

    private record Settings(String url, Durability durability) implements DatabaseConfig {

        @Override
        public Optional<String> username() {
            return Optional.empty();
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }

        @Override
        public int readers() {
            return 1;
        }
    }
}

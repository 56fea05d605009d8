package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.database.DatabaseConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    @Test
    void the_defaults_are_as_documented() {
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(LogsConfig.class)
                        .withMapping(DatabaseConfig.class)
                        .withDefaultValue("leat.database.url", "jdbc:sqlite:leat.db")
                        .build();
        var logs = config.getConfigMapping(LogsConfig.class);
        assertThat(logs.maxBytesPerAttempt()).isEqualTo(10_000_000);
        assertThat(logs.keep()).isEqualTo(30);
        assertThat(logs.maxTotalBytes()).isEqualTo(10_000_000_000L);
        var database = config.getConfigMapping(DatabaseConfig.class);
        assertThat(database.durability()).isEqualTo(DatabaseConfig.Durability.POWER);
        assertThat(database.readers()).isEqualTo(10);
        assertThat(database.username()).isEmpty();
    }
}

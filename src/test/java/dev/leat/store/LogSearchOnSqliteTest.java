package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LogSearchOnSqliteTest extends LogSearchContract {

    @Inject DataDirectory directory;

    @Test
    void a_broken_index_is_made_anew_from_the_logs() throws IOException {
        write(ids.next(), "load", word);
        until(word, found -> found.count() == 1);
        indexer.stop();
        var file = directory.path().resolve("logs-index.db");
        Files.deleteIfExists(directory.path().resolve("logs-index.db-wal"));
        Files.writeString(file, "This is no database. ".repeat(1_000));
        indexer.start();

        until(word, found -> found.count() == 1);
        assertThat(Files.size(file)).isPositive();
    }
}

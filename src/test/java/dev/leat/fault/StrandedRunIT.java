package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run of which something can't be written: it is taken up again from what is on disk.
class StrandedRunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Longer than the pause before the run is taken up again.
    private static final String GRACE = "-Dleat.process.grace=8s";

    @TempDir Path folder;

    /// The first attempt of `long` takes all of its grace.
    @Test
    void its_next_attempts_wait_for_the_ends_of_those_before() throws IOException {
        try (var stand = Stand.onSqlite(folder, GRACE)) {
            stand.leat.serve();
            var run = stand.leat.start(definition());
            Stand.await("it runs", PATIENCE, () -> !pid().isEmpty());
            var first = pid();
            stand.faults.arm(Failpoint.BATCH_APPLYING, "throw");
            Files.createFile(folder.resolve("short"));
            Stand.await("a write is refused", PATIENCE, () -> stand.faults.fired().size() > 1);
            stand.faults.disarm();

            Stand.await("it runs again", PATIENCE, () -> !pid().equals(first));
            Files.createFile(folder.resolve("long"));

            assertThat(stand.leat.ended(run)).containsEntry("state", "SUCCESS");
            assertThat(folder.resolve("overlap")).doesNotExist();
        }
    }

    private String definition() {
        return """
               {"id": "stranded", "tasks": [
                 {"id": "long", "type": "shell", "with": {"command": "cd FOLDER; trap '' TERM; [ ! -e pid ] || ! kill -0 $(cat pid) || touch overlap; echo $$ > pid.new; mv pid.new pid; while [ ! -e long ]; do sleep 0.05; done"}},
                 {"id": "short", "type": "shell", "with": {"command": "cd FOLDER; while [ ! -e short ]; do sleep 0.05; done"}}]}"""
                .replace("FOLDER", folder.toString());
    }

    private String pid() {
        var file = folder.resolve("pid");
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ends that are asked for in moments in which nobody can find the run, or is there to be told.
class CancelledJustThenIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LONG =
            "{\"id\": \"long\", \"tasks\": [{\"id\": \"work\", \"type\": \"shell\", \"with\": {\"command\": \"sleep 600\"}}]}";

    private static final String REPLACED =
            """
            {"id": "replaced", "concurrency": {"limit": 1, "onConflict": "cancel-running"},
             "tasks": [{"id": "work", "type": "shell", "with": {"command": "sleep 600"}}]}""";

    @TempDir Path folder;

    /// What is stored of the run was read before the wish, and nobody could find the run yet.
    @Test
    void a_run_whose_end_is_asked_for_between_its_row_and_its_place_in_memory_is_cancelled() {
        try (var stand = Stand.onSqlite(folder)) {
            stand.leat.serve();
            var run = stand.leat.start(LONG);
            stand.leat.kill();
            stand.faults.arm(Failpoint.RUN_RESUMING, "hold");
            stand.leat.serve();
            Stand.await("its row is read", PATIENCE, () -> !stand.faults.fired().isEmpty());
            stand.driver.cancel(run);
            assertThat(stand.answers.cancelled()).containsKey(run);

            stand.faults.disarm();

            assertThat(stand.leat.ended(run)).containsEntry("state", "CANCELLED");
        }
    }

    @Test
    void a_run_whose_successor_is_on_disk_makes_room_for_it_also_after_a_kill() {
        try (var stand = Stand.onSqlite(folder)) {
            stand.leat.serve();
            stand.driver.store("replaced", REPLACED);
            var before = stand.driver.startForSure("replaced", 1);
            stand.faults.arm(Failpoint.RUN_OPENED, "halt@1");
            assertThat(stand.driver.start("replaced")).as("nobody was told").isNull();
            assertThat(stand.leat.ends(PATIENCE)).isTrue();

            stand.leat.serve();

            assertThat(stand.leat.ended(before)).containsEntry("state", "CANCELLED");
        }
    }
}

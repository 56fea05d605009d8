package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that are killed in the middle of firing a thousand schedules that are due at one moment.
class KilledWhileFiringIT {

    private static final int WORKFLOWS = 10;
    private static final int SCHEDULES = 1_000;
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int ROUNDS = 3;

    @Test
    void one_node_that_is_killed_twice_starts_exactly_one_run_for_each_moment(
            @TempDir Path folder) {
        var url = "jdbc:sqlite:" + folder.resolve("leat.db");
        try (var stand = Stand.onSqlite(folder)) {
            stand.leat.serve();
            store(stand);
            for (int kill = 0; kill < 2; kill++) {
                untilInTheMiddle(url, "");
                stand.leat.kill();
                stand.leat.serve();
            }
            judge(stand, url, "");
        }
    }

    @Test
    void three_nodes_of_which_one_is_killed_start_exactly_one_run_for_each_moment(
            @TempDir Path folder) {
        try (var database = new Postgresql(folder.resolve("postgresql"));
                var stand =
                        Stand.ofNodes(
                                folder,
                                database.url(),
                                List.of(database.url(), database.url(), database.url()),
                                "-Dleat.cluster.lease=4s",
                                "-Dleat.cluster.renew=500ms")) {
            stand.nodes.forEach(node -> node.leat().serve());
            store(stand);
            untilInTheMiddle(database.url(), Postgresql.USER);
            stand.nodes.getFirst().leat().kill();
            judge(stand, database.url(), Postgresql.USER);
        }
    }

    private static void store(Stand stand) {
        for (int number = 0; number < WORKFLOWS; number++) {
            var triggers =
                    IntStream.range(0, SCHEDULES / WORKFLOWS)
                            .mapToObj(
                                    each ->
                                            "{\"id\": \"t%d\", \"type\": \"interval\", \"every\": \"%ds\"}"
                                                    .formatted(each, EVERY.toSeconds()))
                            .collect(Collectors.joining(", "));
            stand.driver.store(
                    "fired" + number,
                    "{\"id\": \"fired%d\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"triggers\": [%s]}"
                            .formatted(number, triggers));
        }
    }

    /// A round has begun, and isn't over.
    private static void untilInTheMiddle(String url, String user) {
        Stand.await(
                "a round is half done",
                PATIENCE,
                () -> {
                    var done = FiredSlots.count(url, user) % SCHEDULES;
                    return done > SCHEDULES / 10 && done < SCHEDULES * 9 / 10;
                });
    }

    private static void judge(Stand stand, String url, String user) {
        Stand.await(
                "every schedule has fired in each round",
                PATIENCE,
                () -> {
                    var slots = FiredSlots.read(url, user);
                    return slots.nominal().size() == SCHEDULES && slots.fewest() >= ROUNDS;
                });
        stand.nodes.forEach(node -> node.leat().kill());

        var slots = FiredSlots.read(url, user);
        assertThat(slots.gaps(EVERY.toMillis() * 1_000)).as("moments without a line").isEmpty();
        assertThat(slots.runs().values())
                .as("runs of one moment")
                .allMatch(each -> each.size() == 1);
        assertThat(slots.runs()).as("lines with a run, and runs").hasSize(slots.started());
        assertThat(slots.ends()).doesNotContainKeys("DUE", "HELD", "SKIPPED");
    }
}

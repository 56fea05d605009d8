package dev.leat.trigger.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Fires;
import dev.leat.engine.firing.Triggers;
import dev.leat.store.Fire;
import dev.leat.store.Json;
import dev.leat.store.RunStore;
import dev.leat.store.TriggerStore;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/spec/32-file-triggers.md: real folders and the real ledger; only the time to settle passes
/// without anybody waiting for it.
@QuarkusTest
class FileTriggerTest {

    private static final Duration SETTLE = Duration.ofSeconds(2);

    @Inject MainOrchestrator orchestrator;
    @Inject Triggers triggers;
    @Inject Fires fires;
    @Inject TriggerStore store;
    @Inject RunStore runs;

    @TempDir Path root;
    private Instant now = Instant.now();

    @Test
    void a_file_that_arrives_starts_one_run_that_knows_it() throws IOException {
        var folder = watch(saved("ft-arrive", "\"glob\": \"*.csv\""));
        folder.look();
        var file = write("orders.csv", "a,b");
        write("orders.txt", "no");
        settle(folder);
        folder.look();
        var fire = fires("ft-arrive").getFirst();
        assertThat(fires("ft-arrive")).hasSize(1);
        var run = runs.run(fire.run()).orElseThrow();
        assertThat(Json.readObject(run.inputs))
                .containsEntry("path", file.toRealPath().toString())
                .containsEntry("event", "created");
        assertThat(Json.readObject(run.triggerFacts))
                .containsEntry("name", "orders.csv")
                .containsEntry("size", 3L);
    }

    @Test
    void a_file_that_is_still_written_is_awaited() throws IOException {
        var folder = watch(saved("ft-settle", ""));
        folder.look();
        write("slow", "a");
        folder.look();
        assertThat(folder.next()).contains(now.plus(SETTLE));
        now = now.plusSeconds(1);
        write("slow", "ab");
        folder.look();
        now = now.plusSeconds(1);
        folder.look();
        assertThat(fires("ft-settle")).isEmpty();
        settle(folder);
        assertThat(fires("ft-settle")).hasSize(1);
    }

    @Test
    void what_was_there_before_the_trigger_is_left_alone() throws IOException {
        write("old", "a");
        letTheClockPass();
        var folder = watch(saved("ft-old", ""));
        settle(folder);
        assertThat(fires("ft-old")).isEmpty();
        write("old", "ab");
        settle(folder);
        assertThat(events("ft-old")).containsExactly("changed");
    }

    @Test
    void a_restart_fires_nothing_twice_and_what_came_meanwhile_once() throws IOException {
        var armed = saved("ft-restart", "");
        var before = watch(armed);
        before.look();
        write("first", "a");
        settle(before);
        assertThat(fires("ft-restart")).hasSize(1);

        write("second", "b");
        var after = watch(armed);
        settle(after);
        assertThat(slots("ft-restart")).hasSize(2).anyMatch(slot -> slot.startsWith("second@"));
        settle(watch(armed));
        assertThat(fires("ft-restart")).hasSize(2);
    }

    @Test
    void a_file_of_old_that_is_moved_in_while_nobody_looks_has_arrived() throws IOException {
        var armed = saved("ft-moved", "");
        var elsewhere = Files.createTempFile(root.getParent(), "moved", "");
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.move(elsewhere, root.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
        settle(watch(armed));
        assertThat(fires("ft-moved")).hasSize(1);
    }

    @Test
    void a_file_that_fired_and_changes_while_nobody_looks_has_changed() throws IOException {
        var armed = saved("ft-grown", "\"on\": [\"created\"]");
        var before = watch(armed);
        before.look();
        write("log", "a");
        settle(before);
        write("log", "ab");
        settle(before);
        settle(watch(armed));
        assertThat(fires("ft-grown")).hasSize(1);
    }

    @Test
    void only_what_the_trigger_waits_for_fires() throws IOException {
        var folder = watch(saved("ft-changed", "\"on\": [\"changed\"]"));
        folder.look();
        write("a", "1");
        settle(folder);
        assertThat(fires("ft-changed")).isEmpty();
        write("a", "12");
        settle(folder);
        assertThat(events("ft-changed")).containsExactly("changed");
    }

    @Test
    void two_nodes_that_see_the_same_file_start_one_run() throws IOException {
        var armed = saved("ft-nodes", "");
        var one = watch(armed);
        var other = watch(armed);
        one.look();
        other.look();
        write("shared", "a");
        settle(one, other);
        assertThat(fires("ft-nodes")).hasSize(1);
    }

    @Test
    void a_file_that_comes_back_as_it_was_is_the_same() throws IOException {
        var folder = watch(saved("ft-back", ""));
        folder.look();
        var file = write("a", "1");
        settle(folder);
        Files.move(file, root.resolve(".hidden"));
        folder.look();
        Files.move(root.resolve(".hidden"), file);
        settle(folder);
        assertThat(fires("ft-back")).hasSize(1);
        write("a", "other");
        settle(folder);
        assertThat(fires("ft-back")).hasSize(2);
    }

    @Test
    void without_an_allowed_root_the_trigger_says_so_and_does_nothing() throws IOException {
        var armed = saved("ft-roots", "");
        write("a", "1");
        var folder = watch(armed, new FileRoots(List.of()));
        assertThat(folder.look()).isEmpty();
        assertThat(armed.trouble()).contains("leat.triggers.file-roots");
        assertThat(fires("ft-roots")).isEmpty();
        var outside = watch(armed, new FileRoots(List.of(Files.createTempDirectory("other"))));
        outside.look();
        assertThat(armed.trouble()).contains("in none of the folders");
    }

    @Test
    void a_folder_that_is_away_for_a_while_is_no_news() throws IOException {
        var inner = Files.createDirectory(root.resolve("in"));
        var armed = saved("ft-away", "", inner);
        Files.writeString(inner.resolve("a"), "1");
        var folder = watch(armed);
        settle(folder);
        assertThat(fires("ft-away")).hasSize(1);
        Files.move(inner, root.resolve("away"));
        folder.look();
        assertThat(armed.trouble()).contains("There is no folder");
        Files.move(root.resolve("away"), inner);
        settle(folder);
        assertThat(armed.trouble()).isNull();
        assertThat(fires("ft-away")).hasSize(1);
    }

    @Test
    void a_path_is_data() throws IOException {
        var folder = watch(saved("ft-data", ""));
        folder.look();
        write("${ 1 + 1 } $(id) 'ü'.csv", "a");
        settle(folder);
        var run = runs.run(fires("ft-data").getFirst().run()).orElseThrow();
        assertThat(String.valueOf(Json.readObject(run.inputs).get("path")))
                .endsWith("${ 1 + 1 } $(id) 'ü'.csv");
    }

    @Test
    void inputs_that_do_not_fit_are_told_by_the_ledger_once() throws IOException {
        save(
                """
                {"id": "ft-unfit", "inputs": {"properties": {"size": {"type": "integer", "maximum": 0}}},
                 "tasks": [{"id": "a", "type": "noop"}],
                 "triggers": [{"id": "arrived", "type": "file", "directory": %s, "inputs": {"size": "${ trigger.size }"}}]}"""
                        .formatted(Json.write(root.toString())));
        var folder = watch(triggers.find("ft-unfit", "arrived").orElseThrow());
        folder.look();
        write("a", "1");
        settle(folder);
        settle(folder);
        assertThat(fires("ft-unfit")).extracting(Fire::state).containsExactly(Fire.State.MISSED);
    }

    @Test
    void a_server_watches_by_itself() throws IOException {
        var watching =
                new FileTriggers(
                        triggers,
                        fires,
                        store,
                        new Config(Optional.of(List.of(root)), Duration.ofMillis(100), 1_000),
                        Instant::now,
                        true,
                        true,
                        Duration.ofDays(90));
        saved("ft-server", "\"settle\": \"10ms\"");
        try {
            watching.start(null);
            watching.tick();
            write("a", "1");
            await(() -> fires("ft-server").size() == 1);
            save("{\"id\": \"ft-server\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}]}");
            watching.tick();
        } finally {
            watching.stop(null);
        }
    }

    record Config(Optional<List<Path>> fileRoots, Duration filePoll, int mostFiles)
            implements FileTriggerConfig {}

    private static void await(java.util.function.BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /// Until files that are made now are younger than whatever is armed from now on; and the other
    /// way round.
    private static void letTheClockPass() {
        var then = Instant.now();
        await(() -> Instant.now().isAfter(then.plusMillis(20)));
    }

    private void settle(WatchedFolder... folders) {
        for (var folder : folders) {
            folder.look();
        }
        now = now.plus(SETTLE);
        for (var folder : folders) {
            folder.look();
        }
    }

    private WatchedFolder watch(Armed armed) {
        return watch(armed, new FileRoots(List.of(root)));
    }

    private WatchedFolder watch(Armed armed, FileRoots roots) {
        return new WatchedFolder(armed, roots, fires, store, () -> now, 1_000, Instant.EPOCH);
    }

    private Armed saved(String id, String keys) {
        return saved(id, keys, root);
    }

    private Armed saved(String id, String keys, Path directory) {
        save(
                """
                {"id": "%s", "inputs": {"properties": {"path": {}, "event": {}}},
                 "tasks": [{"id": "a", "type": "noop"}],
                 "triggers": [{"id": "arrived", "type": "file", "directory": %s%s,
                   "inputs": {"path": "${ trigger.path }", "event": "${ trigger.event }"}}]}"""
                        .formatted(
                                id,
                                Json.write(directory.toString()),
                                keys.isEmpty() ? "" : ", " + keys));
        letTheClockPass();
        return triggers.find(id, "arrived").orElseThrow();
    }

    private void save(String text) {
        var id = String.valueOf(Json.readObject(text).get("id"));
        orchestrator.save(
                new SaveWorkflow(new Source(text, Format.JSON, id), null, 0, "api", null));
    }

    private Path write(String path, String text) throws IOException {
        return Files.writeString(root.resolve(path), text);
    }

    private List<Fire> fires(String workflow) {
        return store.fires(
                new TriggerStore.Filter(workflow, null, null, null), Long.MAX_VALUE, 100);
    }

    private List<String> slots(String workflow) {
        return store.slots(workflow, "arrived", 100);
    }

    private List<String> events(String workflow) {
        return fires(workflow).stream()
                .map(fire -> runs.run(fire.run()).orElseThrow())
                .map(run -> Map.copyOf(Json.readObject(run.inputs)).get("event").toString())
                .toList();
    }
}

package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.CopiedPostgresql;
import dev.leat.testing.LeatProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what `docs/guides/backup.md` says: a copy while the server works, the end of that server
/// with all it had, and another one on the copy. Tasks keep a ledger outside the system.
class BackupIT {

    @TempDir Path here;
    @TempDir Path there;

    @Test
    void a_copy_of_sqlite_made_while_a_server_works_goes_on_elsewhere() throws IOException {
        Work work;
        try (var leat = new LeatProcess(here).serve()) {
            work = begin(leat);
            var copied = leat.command("backup", "--to", copy().toString());

            assertThat(copied.err()).isEmpty();
            assertThat(copied.exitCode()).isZero();
            assertThat(copied.out()).contains(copy() + " has 2 runs, 1 of them unfinished");
            assertThat(leat.command("backup", "--to", copy().toString()).exitCode()).isEqualTo(2);
            work = work.withLater(leat.start("{\"id\": \"later\", \"tasks\": [" + NOOP + "]}"));
            leat.kill();
        }
        var data = Files.createDirectories(there.resolve("data"));
        Files.copy(copy(), data.resolve("leat.db"));
        copyTree(here.resolve("data").resolve("logs"), data.resolve("logs"));

        try (var restored = new LeatProcess(there)) {
            onlyLooking(restored, work);
        }
        try (var restored = new LeatProcess(there).serve()) {
            goesOn(restored, work);
            assertThat(restored.get("/api/runs/" + work.finished() + "/logs").toString())
                    .contains("said before the backup");
        }
    }

    @Test
    void a_copy_of_postgresql_made_while_a_server_works_goes_on_elsewhere() throws Exception {
        Work work;
        try (var server = EmbeddedPostgres.start();
                var leat = on(here, server)) {
            leat.serve();
            work = begin(leat);
            CopiedPostgresql.copy(server, there.resolve("postgresql"));
            work = work.withLater(leat.start("{\"id\": \"later\", \"tasks\": [" + NOOP + "]}"));
            leat.kill();
        }
        try (var server = CopiedPostgresql.start(there.resolve("postgresql"));
                var restored = on(there, server)) {
            restored.serve();
            goesOn(restored, work);
        }
    }

    // ---- the work

    private static final String NOOP = "{\"id\": \"noop\", \"type\": \"noop\"}";

    private record Work(String finished, String unfinished, String later) {
        Work withLater(String run) {
            return new Work(finished, unfinished, run);
        }
    }

    private Work begin(LeatProcess leat) {
        var finished =
                leat.start(
                        """
                        {"id": "finished", "tasks": [
                          {"id": "say", "type": "log", "with": {"message": "said before the backup"}}]}""");
        leat.ended(finished);
        var unfinished =
                leat.start(
                        """
                        {"id": "unfinished", "defaults": {"env": {"LEDGER": "%s", "GATE": "%s"}}, "tasks": [
                          {"id": "first", "type": "shell", "with": {"command": "echo first >> \\"$LEDGER\\"; echo 41 > \\"$LEAT_OUTPUT\\""}},
                          {"id": "second", "type": "shell", "dependsOn": ["first"], "with": {"command": "echo second >> \\"$LEDGER\\"; while [ ! -e \\"$GATE\\" ]; do sleep 0.05; done"}},
                          {"id": "third", "type": "transform", "dependsOn": ["second"], "with": {"value": "${ tasks.first.output.result + 1 }"}}]}"""
                                .formatted(ledger(), gate()));
        leat.run(unfinished, run -> lines().contains("second"));
        return new Work(finished, unfinished, "");
    }

    private void onlyLooking(LeatProcess leat, Work work) {
        leat.with("-Dleat.engine.resume=false").serve();
        assertThat(leat.get("/api/runs/" + work.unfinished())).containsEntry("state", "RUNNING");
        leat.terminate();
        assertThat(lines()).containsExactly("first", "second");
    }

    private void goesOn(LeatProcess leat, Work work) throws IOException {
        leat.run(work.unfinished(), run -> lines().size() == 3);
        Files.createFile(gate());
        assertThat(leat.ended(work.unfinished())).containsEntry("state", "SUCCESS");
        // What had ended before the copy isn't run again; what ran is.
        assertThat(lines()).containsExactly("first", "second", "second");
        assertThat(leat.get("/api/runs/" + work.unfinished() + "/tasks/third"))
                .containsEntry("output", 42L);
        assertThat(leat.get("/api/runs/" + work.finished())).containsEntry("state", "SUCCESS");
        assertThat(leat.get("/api/runs/" + work.later()))
                .containsEntry("type", "urn:leat:problem:not-found");
    }

    // ---- where things are

    private static LeatProcess on(Path folder, EmbeddedPostgres server) {
        return new LeatProcess(folder)
                .withEnvironment("LEAT_DATABASE_URL", server.getJdbcUrl("postgres", "postgres"));
    }

    private Path copy() {
        return here.resolve("copy.db");
    }

    private Path gate() {
        return here.resolve("gate");
    }

    private Path ledger() {
        return here.resolve("ledger");
    }

    private List<String> lines() {
        try {
            return Files.exists(ledger()) ? Files.readAllLines(ledger()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}

package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What happens when nothing more can be written, and then can be again, without a restart. A limit
/// on the size of files stands for a full disk: it can be set on a process that runs, and needs
/// nobody's leave.
@Timeout(180)
class FullDiskIT {

    @TempDir Path folder;
    private Path gate;
    private LeatProcess leat;

    @BeforeEach
    void start() {
        gate = folder.resolve("gate");
        leat = new LeatProcess(folder).serve();
    }

    @AfterEach
    void stop() {
        leat.close();
    }

    @Test
    void starts_are_refused_running_work_waits_and_all_goes_on_once_there_is_room()
            throws Exception {
        var talking =
                leat.start(
                        """
                {"id": "talking", "tasks": [
                  {"id": "talk", "type": "shell", "with": {"command": "echo first; until [ -e '%s' ]; do echo 'a line that is long enough to fill the buffer of the log soon, %s'; sleep 0.001; done; echo THE END"}},
                  {"id": "after", "type": "log", "dependsOn": ["talk"], "with": {"message": "after ${ tasks.talk.output.exitCode }"}}]}"""
                                .formatted(gate, "x".repeat(1_000)));
        leat.run(talking, _ -> !lines(talking).isEmpty());

        limitFiles("1");
        var refused = leat.post("/api/runs", Map.of("definition", small()));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("Nothing new can be stored at the moment");
        assertThat(ready()).isEqualTo(503);
        // Reading goes on.
        assertThat(leat.page("/runs/" + talking)).contains("talk");

        Files.createFile(gate);
        waitUntilNoChildPrints();
        assertThat(leat.get("/api/runs/" + talking)).containsEntry("state", "RUNNING");

        limitFiles("unlimited");
        assertThat(leat.ended(talking)).containsEntry("state", "SUCCESS");
        leat.run(talking, _ -> ready() == 200);
        leat.run(talking, _ -> lines(talking).getLast().text().equals("after 0"));
        var lines = lines(talking);
        assertGapFree(lines);
        assertThat(lines).extracting(Line::text).contains("first", "THE END");
        assertThat(lines)
                .anyMatch(
                        line ->
                                line.kind().equals("WARN")
                                        && line.text().contains("could not be written"));

        var now = leat.post("/api/runs", Map.of("definition", small()));
        assertThat(now.statusCode()).isEqualTo(202);
        leat.terminate();
        assertThat(integrity()).isEqualTo("ok");
    }

    private static Map<String, Object> small() {
        return Map.of("id", "small", "tasks", List.of(Map.of("id", "a", "type", "noop")));
    }

    private void limitFiles(String bytes) throws IOException, InterruptedException {
        var prlimit =
                new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(leat.pid()),
                                "--fsize=" + bytes + ":")
                        .inheritIO()
                        .start();
        assertThat(prlimit.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(prlimit.exitValue()).isZero();
    }

    private void waitUntilNoChildPrints() {
        ProcessHandle.of(leat.pid()).stream()
                .flatMap(ProcessHandle::children)
                .forEach(child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    private int ready() {
        try (var client = HttpClient.newHttpClient()) {
            URI health = leat.managementAddress("/q/health/ready");
            return client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String integrity() throws SQLException {
        var file = "jdbc:sqlite:" + leat.data().resolve("leat.db");
        try (var connection = DriverManager.getConnection(file);
                var statement = connection.createStatement();
                var result = statement.executeQuery("pragma integrity_check")) {
            return result.getString(1);
        }
    }

    private static void assertGapFree(List<Line> lines) {
        long before = 0;
        for (var line : lines) {
            var missing =
                    line.kind().equals("WARN")
                            ? Long.parseLong(line.text().replaceAll("\\D+(\\d+) lines.*", "$1"))
                            : 1;
            assertThat(line.number()).as(line.text()).isEqualTo(before + missing);
            before = line.number();
        }
    }

    private List<Line> lines(String run) {
        var all = new ArrayList<Line>();
        for (var page = page(run, 0); !page.isEmpty(); page = page(run, all.getLast().number())) {
            all.addAll(page);
        }
        return all;
    }

    private List<Line> page(String run, long after) {
        var page = leat.get("/api/runs/" + run + "/logs?limit=5000&after=" + after);
        return page.get("lines") instanceof List<?> lines
                ? lines.stream().map(Line::of).toList()
                : List.of();
    }

    private record Line(long number, String kind, String text) {

        static Line of(Object json) {
            if (json instanceof Map<?, ?> line && line.get("number") instanceof Long number) {
                return new Line(
                        number, String.valueOf(line.get("kind")), String.valueOf(line.get("text")));
            }
            throw new AssertionError("no line: " + json);
        }
    }
}

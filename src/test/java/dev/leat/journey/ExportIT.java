package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workflows that leave one Leat and enter another.
class ExportIT {

    private static final String YAML =
            """
            # Kept as it is written, comments too.
            id: big-numbers
            namespace: far.away
            x-owner: [ "Ä", 1e2, 12345678901234567890 ]
            tasks:
              - {id: b, type: noop, dependsOn: a}   # before the one it needs
              - {id: a, type: noop}
            """;

    private static final List<String> SAMPLES = List.of("load-one", "load-all", "for-each");

    @TempDir Path folder;

    /// DolphinScheduler #15888.
    @Test
    void
            what_is_exported_and_imported_in_an_empty_instance_is_the_same_definition_under_the_same_name()
                    throws Exception {
        var exported = new ArrayList<Map<String, @Nullable Object>>();
        try (var first = empty("first")) {
            put(first, "far.away.big-numbers", YAML, "application/yaml");
            for (var sample : SAMPLES) {
                put(
                        first,
                        sample,
                        Files.readString(Path.of("workflows", sample + ".json")),
                        "application/json");
            }
            for (var workflow : ids(first)) {
                exported.add(first.get("/api/workflows/" + workflow));
            }
        }
        assertThat(exported)
                .hasSize(4)
                .anySatisfy(each -> assertThat(each).containsEntry("source", YAML));
        try (var second = empty("second")) {
            assertThat(ids(second)).isEmpty();
            // A child after those that start it, too: order is nothing that an import has to know.
            for (var each : exported) {
                put(
                        second,
                        String.valueOf(each.get("id")),
                        String.valueOf(each.get("source")),
                        "application/"
                                + String.valueOf(each.get("format"))
                                        .toLowerCase(java.util.Locale.ROOT));
            }

            var imported = new ArrayList<Map<String, @Nullable Object>>();
            for (var workflow : ids(second)) {
                imported.add(second.get("/api/workflows/" + workflow));
            }
            exported.forEach(each -> each.remove("updatedAt"));
            imported.forEach(each -> each.remove("updatedAt"));
            assertThat(imported).isEqualTo(exported);
            var run = Json.readObject(second.post("/api/workflows/load-all/runs", Map.of()).body());
            assertThat(second.ended(String.valueOf(run.get("id"))))
                    .containsEntry("state", "SUCCESS");
        }
    }

    private LeatProcess empty(String name) throws IOException {
        var workflows = Files.createDirectories(folder.resolve(name + "-workflows"));
        return new LeatProcess(Files.createDirectories(folder.resolve(name)))
                .with("-Dleat.workflows.directory=" + workflows)
                .serve();
    }

    private static List<String> ids(LeatProcess leat) {
        return ((List<?>) leat.get("/api/workflows").get("workflows"))
                .stream().map(each -> String.valueOf(((Map<?, ?>) each).get("id"))).toList();
    }

    private static void put(LeatProcess leat, String workflow, String text, String type)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(leat.address("/api/workflows/" + workflow))
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofString(text))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }
}

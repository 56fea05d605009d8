package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.simulation.WorkflowTests;
import dev.leat.engine.simulation.WorkflowTests.Workflows;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The tests that ship with the samples.
@QuarkusTest
class SampleTestsTest {

    @Inject WorkflowTests tests;

    @Test
    void the_tests_of_every_sample_come_to_what_they_expect() throws IOException {
        var files = documents();
        assertThat(files).isNotEmpty();
        for (var file : files) {
            var workflow = source(Path.of(file.toString().replace(".test.json", ".json")));
            var report = tests.run(source(file), new Samples(workflow));
            assertThat(report.troubles()).as(file.toString()).isEmpty();
            assertThat(report.tests())
                    .as(file.toString())
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(test.failures()).as(test.name()).isEmpty());
        }
    }

    @Test
    void every_sample_has_tests() throws IOException {
        try (var files = Files.list(Path.of("workflows"))) {
            var without =
                    files.map(Path::toString)
                            .filter(file -> file.endsWith(".json"))
                            .filter(file -> !file.endsWith(".test.json"))
                            .filter(file -> !Files.exists(Path.of(tested(file))))
                            .toList();
            assertThat(without).isEmpty();
        }
    }

    private record Samples(Source workflow) implements Workflows {
        @Override
        public Source find(@Nullable String named) {
            return workflow;
        }

        @Override
        public Stream<Source> others(String other, int revision) {
            try {
                return Stream.of(source(Path.of("workflows", other + ".json")));
            } catch (IOException missing) {
                return Stream.empty();
            }
        }
    }

    private static String tested(String workflow) {
        return workflow.replace(".json", ".test.json");
    }

    private static List<Path> documents() throws IOException {
        try (var files = Files.list(Path.of("workflows"))) {
            return files.filter(file -> file.toString().endsWith(".test.json")).sorted().toList();
        }
    }

    private static Source source(Path file) throws IOException {
        return new Source(Files.readString(file), Format.JSON, file.toString());
    }
}

package dev.leat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Json;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.testing.Pages;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The first workflow that a newcomer copies.
@QuarkusTest
class ReadmeTest {

    private static final Path README = Path.of("README.md");

    @Inject MainOrchestrator orchestrator;
    @Inject RunStore runs;

    @Test
    void its_first_workflow_has_nothing_wrong_with_it() {
        assertThat(orchestrator.check(firstWorkflow()).problems()).isEmpty();
    }

    @Test
    void its_first_workflow_succeeds_and_counts_the_files() {
        var started =
                orchestrator.start(
                        new StartRun(
                                null,
                                firstWorkflow(),
                                0,
                                Map.of("folder", "k8s"),
                                Map.of(),
                                "api",
                                Map.of(),
                                null,
                                null));

        orchestrator.await(started.run(), Duration.ofSeconds(30));

        var run = runs.run(started.run()).orElseThrow();
        assertThat(run.state).as(run.error).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void it_fits_what_it_says_onto_the_first_screen() {
        var lines = Pages.read(README).lines().toList();

        assertThat(lines.indexOf("./leat run workflows/hello.json")).isBetween(1, 15);
        assertThat(lines.indexOf("```json")).isBetween(1, 25);
    }

    private static Source firstWorkflow() {
        var text = Pages.blocks(README, "json").getFirst();
        assertThat(Json.readObject(text)).containsKey("tasks");
        return new Source(text, Format.JSON, "README.md");
    }
}

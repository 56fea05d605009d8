package dev.leat;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, jar or native binary, at the terminal.
@QuarkusMainIntegrationTest
class PackagedCommandLineIT {

    @Test
    @Launch("--help")
    void it_says_what_it_can_do(LaunchResult result) {
        assertThat(result.getOutput()).contains("run", "validate", "serve", "plugins");
    }

    @Test
    void it_runs_a_workflow_and_keeps_the_run(QuarkusMainLauncher program, @TempDir Path folder) {
        var data = folder.resolve("data").toString();

        var run = program.launch("run", "workflows/hello.json", "-i", "name=Ada", "--data", data);
        var kept = program.launch("runs", "--data", data);

        assertThat(run.exitCode()).as(run.getErrorOutput()).isZero();
        assertThat(run.getOutput()).contains("say: success", "Ada");
        assertThat(kept.getOutput()).contains("hello");
    }

    @Test
    void it_refuses_a_definition_with_mistakes(QuarkusMainLauncher program) {
        var result = program.launch("validate", "pom.xml");

        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    @Launch("plugins")
    void it_finds_its_task_types_and_plugins(LaunchResult result) {
        assertThat(result.getOutput()).contains("shell", "csv", "files");
    }
}

package dev.leat.plugin.process;

import java.time.Duration;
import java.util.List;

/// Makes launchers without a container.
public final class TestLauncher {

    private TestLauncher() {}

    public static ProcessLauncher withGrace(Duration grace) {
        record Config(Duration grace, List<String> environment) implements ProcessConfig {}
        return new ProcessLauncher(new Config(grace, List.of("PATH", "HOME")));
    }
}

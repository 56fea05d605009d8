package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkflowConfigTest {

    @Test
    void these_are_the_limits_unless_said_otherwise() {
        var config = Loading.config(Map.of());

        assertThat(config.maxBytes()).isEqualTo(5 * 1024 * 1024);
        assertThat(config.maxDepth()).isEqualTo(100);
        assertThat(config.maxValues()).isEqualTo(2_000_000);
        assertThat(config.maxText()).isEqualTo(1_000_000);
        assertThat(config.maxTasks()).isEqualTo(100_000);
        assertThat(config.maxProblems()).isEqualTo(1_000);
    }
}

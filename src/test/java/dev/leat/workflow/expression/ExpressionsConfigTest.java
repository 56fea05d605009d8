package dev.leat.workflow.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionsConfigTest {

    @Test
    void by_default_the_bounds_are_those_of_the_page() {
        assertThat(Bounds.of(config(Map.of()))).isEqualTo(Bounds.DEFAULTS);
    }

    @Test
    void each_bound_can_be_set() {
        var config =
                config(
                        Map.of(
                                "leat.expressions.max-text", "1",
                                "leat.expressions.max-nesting", "2",
                                "leat.expressions.max-iterations", "3",
                                "leat.expressions.max-size", "4",
                                "leat.expressions.max-memory", "5",
                                "leat.expressions.timeout", "6s"));
        assertThat(Bounds.of(config)).isEqualTo(new Bounds(1, 2, 3, 4, 5, Duration.ofSeconds(6)));
    }

    private static ExpressionsConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(ExpressionsConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(ExpressionsConfig.class);
    }
}

package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingBoundsTest {

    @Inject Config config;

    @Test
    void every_bound_is_of_a_setting_whose_default_is_within_it() {
        assertThat(SettingBounds.BOUNDS).hasSizeGreaterThan(20);
        SettingBounds.BOUNDS.forEach(
                (name, bounds) ->
                        assertThat(bounds.problem(name, config.getValue(name, Long.class)))
                                .as(name)
                                .isEmpty());
    }

    @Test
    void what_is_out_of_bounds_is_told_with_its_name_and_what_it_may_be() {
        var depth = SettingBounds.BOUNDS.get("leat.workflow.max-depth");
        assertThat(depth.problem("leat.workflow.max-depth", 10)).isEmpty();
        assertThat(depth.problem("leat.workflow.max-depth", 150)).isEmpty();
        assertThat(depth.problem("leat.workflow.max-depth", 151))
                .hasValue("leat.workflow.max-depth is 151; it must be from 10 to 150.");
        assertThat(
                        SettingBounds.BOUNDS
                                .get("leat.logs.max-bytes-per-attempt")
                                .problem("leat.logs.max-bytes-per-attempt", 0))
                .hasValue("leat.logs.max-bytes-per-attempt is 0; it must be at least 100,000.");
    }
}

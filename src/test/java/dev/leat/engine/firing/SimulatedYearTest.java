package dev.leat.engine.firing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulatedYearTest {

    @Test
    void a_year_of_fifty_schedules_leaves_no_moment_out_and_has_none_twice() {
        var year = new SimulatedYear(7);
        year.go(50);

        assertThat(year.wrong).isEmpty();
        assertThat(year.fires).isGreaterThan(100_000);
        assertThat(year.missed).isPositive();
    }
}

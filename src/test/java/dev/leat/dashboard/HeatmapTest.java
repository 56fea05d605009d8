package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.WorkflowHistory.Day;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatmapTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);

    @Test
    void it_begins_on_a_monday_a_year_ago() {
        var first = Heatmap.first(TODAY);

        assertThat(first.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(first).isBetween(TODAY.minusDays(371), TODAY.minusDays(364));
    }

    @Test
    void a_day_is_as_dark_as_it_had_runs_and_as_red_as_they_failed() {
        var year =
                Heatmap.of(
                        List.of(
                                new Day(TODAY.minusDays(3), 100, 50),
                                new Day(TODAY.minusDays(2), 0, 0),
                                new Day(TODAY.minusDays(1), 1, 0),
                                new Day(TODAY, 25, 1)));

        assertThat(year.squares()).extracting(Heatmap.Square::level).containsExactly(4, 0, 1, 2);
        assertThat(year.squares()).extracting(Heatmap.Square::failed).containsExactly(7, 0, 0, 3);
        assertThat(year.squares().getFirst().title())
                .isEqualTo("Tue 24 Nov 2026: 100 runs, 50 failed");
        assertThat(year.label()).startsWith("126 runs in the last year, 51 of them failed");
    }

    @Test
    void the_table_says_the_same_of_each_day_with_runs_newest_first() {
        var year =
                Heatmap.of(
                        List.of(
                                new Day(TODAY.minusDays(2), 3, 1),
                                new Day(TODAY.minusDays(1), 0, 0),
                                new Day(TODAY, 4, 0)));

        assertThat(year.days())
                .containsExactly(
                        new Heatmap.Row(TODAY, "Fri 27 Nov 2026", 4, 0, 0),
                        new Heatmap.Row(TODAY.minusDays(2), "Wed 25 Nov 2026", 3, 1, 33));
    }

    @Test
    void weeks_stand_side_by_side_within_its_width() {
        var days = new ArrayList<Day>();
        for (var day = Heatmap.first(TODAY); !day.isAfter(TODAY); day = day.plusDays(1)) {
            days.add(new Day(day, 0, 0));
        }
        var year = Heatmap.of(days);

        assertThat(year.months()).hasSize(12);
        assertThat(year.squares())
                .allMatch(square -> square.x() + Heatmap.SIDE <= year.width() && square.x() >= 0);
        assertThat(year.squares().get(7).x() - year.squares().get(0).x()).isEqualTo(Heatmap.STEP);
        assertThat(year.squares().get(7).y()).isEqualTo(year.squares().get(0).y());
    }
}

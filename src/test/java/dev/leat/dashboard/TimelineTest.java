package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.dashboard.Timeline.Bar;
import dev.leat.engine.report.RunReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {

    @Test
    void waiting_and_running_are_bars_of_their_own_and_numbers_besides() {
        var run = new ToldRun().ran("one", 0, 4).ran("two", 6, 10, "one").ended(10);

        var row = of(run).rows().getLast();

        assertThat(row.bars())
                .extracting(Bar::title)
                .containsExactly("Waited, 2.0 s", "Attempt 1, Success, 4.0 s");
        assertThat(row.bars()).extracting(Bar::x).containsExactly(400.0, 600.0);
        assertThat(row.waited()).isEqualTo("2.0 s");
        assertThat(row.began()).isEqualTo("+6.0 s");
    }

    @Test
    void rows_on_the_longest_path_are_marked() {
        var run = new ToldRun().ran("slow", 0, 4).ran("quick", 0, 1).ended(4);

        assertThat(of(run).rows()).extracting(Timeline.Row::onPath).containsExactly(true, false);
    }

    @Test
    void a_task_with_items_is_one_bar_and_its_items_follow_where_they_are_wanted() {
        var run = new ToldRun().withItems("each", 1, 9, 2).ran("after", 9, 10, "each").ended(10);
        var items = new ToldRun().ran("each.0", 2, 3).ran("each.1", 3, 9).ended(9).tasks();

        var rows =
                Timeline.of(
                                run,
                                run.tasks(),
                                Map.of("each", items),
                                CriticalPath.of(run, ToldRun.at(10)),
                                ToldRun.at(10))
                        .rows();

        assertThat(rows)
                .extracting(row -> row.task().id())
                .containsExactly("each", "each.0", "each.1", "after");
        assertThat(rows).extracting(Timeline.Row::item).containsExactly(false, true, true, false);
        assertThat(rows.getFirst().bars()).extracting(Bar::width).containsExactly(800.0);
        assertThat(rows.getFirst().group()).isTrue();
    }

    @Test
    void a_part_of_the_tasks_keeps_the_scale_of_the_whole_run() {
        var run = new ToldRun().ran("one", 0, 5).ran("two", 5, 10, "one").ended(10);

        var timeline =
                Timeline.of(
                        run,
                        List.of(run.tasks().getLast()),
                        Map.of(),
                        CriticalPath.of(run, ToldRun.at(10)),
                        ToldRun.at(10));

        assertThat(timeline.rows().getFirst().bars()).extracting(Bar::x).containsExactly(500.0);
        assertThat(timeline.path().tasks()).containsExactly("one", "two");
    }

    private static Timeline of(RunReport run) {
        return Timeline.of(
                run, run.tasks(), Map.of(), CriticalPath.of(run, ToldRun.at(99)), ToldRun.at(99));
    }
}

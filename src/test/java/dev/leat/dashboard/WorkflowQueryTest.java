package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.dashboard.WorkflowQuery.Show;
import dev.leat.dashboard.WorkflowQuery.Sort;
import org.junit.jupiter.api.Test;

class WorkflowQueryTest {

    @Test
    void an_address_that_says_nothing_asks_for_all_by_name() {
        var query = WorkflowQuery.of(null, null, null, null, null, 0);

        assertThat(query.narrows()).isFalse();
        assertThat(query.at(1)).isEqualTo("/workflows");
        assertThat(query.sorted("name")).isEqualTo("ascending");
        assertThat(query.sorted("last")).isEqualTo("none");
    }

    @Test
    void all_that_is_chosen_stays_in_the_address_of_the_next_page() {
        var query = WorkflowQuery.of(" a b ", "failing", "shop", "team=bi", "duration", 2);

        assertThat(query.show()).isEqualTo(Show.FAILING);
        assertThat(query.sort()).isEqualTo(Sort.DURATION);
        assertThat(query.at(3))
                .isEqualTo(
                        "/workflows?q=a+b&show=failing&namespace=shop&label=team%3Dbi&sort=duration&page=3");
        assertThat(query.by("name")).doesNotContain("sort=", "page=").contains("show=failing");
    }

    @Test
    void words_that_name_no_order_are_passed_over() {
        assertThat(WorkflowQuery.of("", "odd", "", "", "odd", -4))
                .isEqualTo(WorkflowQuery.of(null, null, null, null, null, 1));
    }
}

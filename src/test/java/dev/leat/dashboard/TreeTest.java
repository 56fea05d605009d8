package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeTest {

    @Test
    void a_value_becomes_a_tree_with_names_kinds_and_texts() {
        var tree = Tree.of(Map.of("rows", List.of(1L, 2.5)));

        assertThat(tree.text()).isEqualTo("1 key");
        var rows = tree.children().getFirst();
        assertThat(rows.name()).isEqualTo("rows");
        assertThat(rows.children()).extracting(Tree::text).containsExactly("1", "2.5");
    }

    @Test
    void a_large_value_is_cut_and_says_how_much_more_there_is() {
        var tree = Tree.of(Collections.nCopies(10_000, "x"));

        assertThat(tree.children()).hasSizeLessThan(700);
        assertThat(tree.children().getLast().text()).matches("\\d+ more, in the raw JSON");
        assertThat(tree.open()).isFalse();
    }

    @Test
    void a_deep_value_is_cut_too() {
        Object value = "bottom";
        for (int level = 0; level < 1_000; level++) {
            value = List.of(value);
        }

        assertThat(Tree.of(value).toString()).doesNotContain("bottom").contains("more, in the raw");
    }
}

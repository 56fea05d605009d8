package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.SourceDiff.Kind;
import dev.leat.workflow.SourceDiff.Row;
import dev.leat.workflow.SourceDiff.Span;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceDiffTest {

    @Test
    void equal_texts_have_no_rows() {
        var diff = SourceDiff.of("a\nb\n", "a\nb");
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.rows()).extracting(Row::kind).containsExactly(Kind.LEFT_OUT);
    }

    @Test
    void a_changed_line_marks_the_words_that_changed() {
        var row = SourceDiff.of("one two three", "one four three").rows().getFirst();
        assertThat(row.kind()).isEqualTo(Kind.CHANGED);
        assertThat(row.before())
                .containsExactly(
                        new Span("one ", false), new Span("two", true), new Span(" three", false));
        assertThat(row.after())
                .containsExactly(
                        new Span("one ", false), new Span("four", true), new Span(" three", false));
    }

    @Test
    void lines_that_came_and_went_stand_alone_with_their_numbers() {
        var diff = SourceDiff.of("a\nb\nc\nd", "a\nc\nd\ne");
        assertThat(diff.rows())
                .extracting(row -> row.kind() + " " + row.left() + " " + row.right())
                .containsExactly("SAME 1 1", "REMOVED 2 0", "SAME 3 2", "SAME 4 3", "ADDED 0 4");
        assertThat(diff.added()).isEqualTo(1);
        assertThat(diff.removed()).isEqualTo(1);
    }

    @Test
    void lines_far_from_a_difference_are_counted_and_not_shown() {
        var before = numbers(100);
        var diff = SourceDiff.of(before, before.replace("\n50\n", "\nfifty\n"));
        assertThat(diff.rows().getFirst())
                .extracting(Row::kind, Row::left)
                .containsExactly(Kind.LEFT_OUT, 47);
        assertThat(diff.rows()).hasSize(9);
    }

    @Test
    void what_is_before_and_after_can_be_read_off_for_any_two_texts() {
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            var before = text(random);
            var after = text(random);
            var partners = Matching.of(before, after, 1_000);
            int last = -1;
            for (int at = 0; at < partners.length; at++) {
                if (partners[at] != Matching.NONE) {
                    assertThat(partners[at]).isGreaterThan(last);
                    assertThat(after.get(partners[at])).isEqualTo(before.get(at));
                    last = partners[at];
                }
            }
            var kept = IntStream.of(partners).filter(at -> at != Matching.NONE).count();
            assertThat(kept).isEqualTo(longest(before, after));
        }
    }

    @Test
    void texts_that_have_nothing_in_common_are_compared_all_the_same() {
        var diff = SourceDiff.of(numbers(30_000), numbers(30_000).replace("\n", "x\n"));
        assertThat(diff.removed()).isGreaterThan(29_000);
        assertThat(diff.rows()).hasSizeLessThanOrEqualTo(5_000);
    }

    private static String numbers(int most) {
        return IntStream.range(0, most).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
    }

    private static List<String> text(Random random) {
        return random.ints(random.nextInt(12), 0, 5).mapToObj(String::valueOf).toList();
    }

    private static int longest(List<String> one, List<String> other) {
        var table = new int[one.size() + 1][other.size() + 1];
        for (int row = 1; row <= one.size(); row++) {
            for (int column = 1; column <= other.size(); column++) {
                table[row][column] =
                        one.get(row - 1).equals(other.get(column - 1))
                                ? table[row - 1][column - 1] + 1
                                : Math.max(table[row - 1][column], table[row][column - 1]);
            }
        }
        return table[one.size()][other.size()];
    }
}

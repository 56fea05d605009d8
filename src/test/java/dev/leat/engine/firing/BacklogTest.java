package dev.leat.engine.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.firing.Backlog.Fate;
import dev.leat.workflow.TriggerSpec.CatchUp;
import dev.leat.workflow.TriggerSpec.CatchUp.Policy;
import dev.leat.workflow.schedule.Occurrence;
import dev.leat.workflow.schedule.Occurrence.Mark;
import dev.leat.workflow.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void what_is_due_and_on_time_fires() {
        var backlog =
                hourly(
                        START,
                        START.plusSeconds(3600).plusMillis(3),
                        new CatchUp(Policy.NONE, 1, null));
        assertThat(fates(backlog)).containsExactly("01:00 FIRE");
    }

    @Test
    void before_its_moment_nothing_is_due() {
        assertThat(hourly(START, START.plusSeconds(3599), CatchUp.LAST).fires()).isEmpty();
    }

    @Test
    void after_three_hours_away_the_policy_none_makes_up_for_nothing() {
        assertThat(fates(hourly(START, hours(3.5), new CatchUp(Policy.NONE, 1, null))))
                .containsExactly("01:00 MISS", "02:00 MISS", "03:00 MISS");
    }

    @Test
    void after_three_hours_away_the_policy_last_makes_up_for_the_last() {
        assertThat(fates(hourly(START, hours(3.5), CatchUp.LAST)))
                .containsExactly("01:00 MISS", "02:00 MISS", "03:00 CATCH_UP");
    }

    @Test
    void after_three_hours_away_the_policy_all_makes_up_for_all_in_order() {
        assertThat(fates(hourly(START, hours(3.5), new CatchUp(Policy.ALL, 100, null))))
                .containsExactly("01:00 CATCH_UP", "02:00 CATCH_UP", "03:00 CATCH_UP");
    }

    @Test
    void all_is_bounded_by_its_most_and_keeps_the_latest() {
        assertThat(fates(hourly(START, hours(3.5), new CatchUp(Policy.ALL, 2, null))))
                .containsExactly("01:00 MISS", "02:00 CATCH_UP", "03:00 CATCH_UP");
    }

    @Test
    void a_window_bounds_every_policy() {
        var window = Duration.ofMinutes(100);
        assertThat(fates(hourly(START, hours(3.5), new CatchUp(Policy.ALL, 100, window))))
                .containsExactly("01:00 MISS", "02:00 CATCH_UP", "03:00 CATCH_UP");
        assertThat(
                        fates(
                                hourly(
                                        START,
                                        hours(3.5),
                                        new CatchUp(Policy.LAST, 1, Duration.ofMinutes(20)))))
                .containsExactly("01:00 MISS", "02:00 MISS", "03:00 MISS");
    }

    @Test
    void the_fire_of_this_moment_fires_beside_the_one_that_is_made_up_for() {
        assertThat(fates(hourly(START, hours(3).plusSeconds(5), CatchUp.LAST)))
                .containsExactly("01:00 MISS", "02:00 CATCH_UP", "03:00 FIRE");
    }

    @Test
    void a_fire_that_a_calendar_skips_is_not_the_last_one_to_make_up_for() {
        Schedule schedule =
                moment ->
                        hourly(moment)
                                .map(
                                        each ->
                                                each.nominal().equals(hours(3))
                                                        ? skipped(each)
                                                        : each);
        var backlog = Backlog.of(schedule, START, hours(3.5), CatchUp.LAST, MINUTE);
        assertThat(backlog.fires())
                .filteredOn(each -> each.fate() == Fate.CATCH_UP && !each.occurrence().skipped())
                .extracting(each -> each.occurrence().nominal())
                .containsExactly(hours(2));
    }

    /// A clock that jumps forward is an absence; one that jumps back is nothing at all.
    @Test
    void a_clock_that_jumps_neither_floods_nor_stalls() {
        var settled = hours(5);
        assertThat(hourly(settled, hours(4), CatchUp.LAST).fires()).isEmpty();
        assertThat(hourly(settled, hours(5.5), CatchUp.LAST).fires()).isEmpty();
        assertThat(fates(hourly(settled, hours(6), CatchUp.LAST))).containsExactly("06:00 FIRE");
        assertThat(fates(hourly(settled, hours(30), CatchUp.LAST)))
                .hasSize(25)
                .filteredOn(each -> !each.endsWith("MISS"))
                .containsExactly("05:00 CATCH_UP", "06:00 FIRE");
    }

    @Test
    void more_missed_fires_than_have_lines_are_counted_in_one() {
        Schedule eachSecond = moment -> Optional.of(occurrence(moment.plusSeconds(1), null));
        var backlog =
                Backlog.of(eachSecond, START, START.plusSeconds(50_000), CatchUp.LAST, MINUTE);
        assertThat(backlog.more() + backlog.fires().size()).isEqualTo(50_000);
        assertThat(backlog.fires()).hasSize(Backlog.MOST_LINES + 61);
        assertThat(backlog.lastMore())
                .isEqualTo(backlog.fires().getFirst().occurrence().nominal().minusSeconds(1));
    }

    private static Backlog hourly(Instant settled, Instant now, CatchUp catchUp) {
        return Backlog.of(BacklogTest::hourly, settled, now, catchUp, MINUTE);
    }

    private static Optional<Occurrence> hourly(Instant moment) {
        var hour = Math.floorDiv(moment.getEpochSecond(), 3600) + 1;
        return Optional.of(occurrence(Instant.ofEpochSecond(hour * 3600), null));
    }

    private static Occurrence occurrence(Instant at, @Nullable String note) {
        return new Occurrence(at, at, Mark.EXACT, note, note != null);
    }

    private static Occurrence skipped(Occurrence each) {
        return occurrence(each.nominal(), "a holiday");
    }

    private static Instant hours(double hours) {
        return START.plusSeconds((long) (hours * 3600));
    }

    private static List<String> fates(Backlog backlog) {
        return backlog.fires().stream()
                .map(
                        each ->
                                each.occurrence().nominal().toString().substring(11, 16)
                                        + " "
                                        + each.fate())
                .toList();
    }
}

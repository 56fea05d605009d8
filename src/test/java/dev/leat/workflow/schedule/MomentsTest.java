package dev.leat.workflow.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.schedule.Occurrence.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

    private static final Timetable UTC = Fires.in("UTC").timetable();

    @ParameterizedTest
    @CsvSource({
        "PT1H,   1970-01-01T00:00:00Z, 2026-11-27T10:15:00Z, 2026-11-27T11:00:00Z",
        "PT1H,   1970-01-01T00:00:00Z, 2026-11-27T11:00:00Z, 2026-11-27T12:00:00Z",
        "PT7H,   2026-11-27T00:10:00Z, 2026-11-27T00:09:59Z, 2026-11-27T00:10:00Z",
        "PT7H,   2026-11-27T00:10:00Z, 2026-11-26T00:00:00Z, 2026-11-26T03:10:00Z",
        "PT0.25S,2026-11-27T00:00:00Z, 2026-11-27T00:00:00.3Z, 2026-11-27T00:00:00.500Z",
        "PT36H,  2030-01-01T00:00:00Z, 2026-12-31T00:00:00Z, 2026-12-31T12:00:00Z",
        "PT0.000000007S, 0100-01-01T00:00:00Z, 9000-01-01T00:00:00Z, 9000-01-01T00:00:00.000000002Z",
        "PT876000H, 1970-01-01T00:00:00Z, 2026-11-27T00:00:00Z, 2069-12-07T00:00:00Z"
    })
    void an_interval_counts_from_its_anchor_in_both_directions(
            Duration every, Instant anchor, Instant after, Instant expected) {
        assertThat(UTC.every(every, anchor).after(after).orElseThrow().nominal())
                .isEqualTo(expected);
    }

    @Test
    void an_interval_never_drifts_whatever_clocks_do() {
        var schedule =
                Fires.in("Europe/Berlin")
                        .timetable()
                        .every(Duration.ofHours(1), Instant.parse("2026-01-01T00:20:00Z"));

        for (var at : Fires.after(schedule, "2026-03-28T00:00:00Z", 100)) {
            assertThat(at.nominal().getEpochSecond() % 3600).isEqualTo(1200);
        }
    }

    @Test
    void an_interval_has_an_answer_for_any_moment_until_the_year_9999() {
        var schedule = UTC.every(Duration.ofNanos(3), Instant.MIN);

        assertThat(schedule.after(Instant.MIN)).isPresent();
        assertThat(schedule.after(Instant.MAX)).isEmpty();
        assertThat(UTC.every(Duration.ofDays(36_500), Instant.MAX).after(Instant.EPOCH))
                .isPresent();
    }

    @Test
    void once_is_once() {
        var at = Instant.parse("2026-12-24T18:00:00Z");
        var schedule = UTC.once(at);

        assertThat(schedule.after(at.minusNanos(1)).orElseThrow().nominal()).isEqualTo(at);
        assertThat(schedule.after(at)).isEmpty();
    }

    @Test
    void asking_again_leads_to_every_moment_of_an_interval_that_a_calendar_moves() {
        var random = new Random(5);
        for (var holiday : Timetable.Holiday.values()) {
            var schedule =
                    Fires.in("America/New_York")
                            .with(BusinessCalendarTest.GERMAN, holiday)
                            .timetable()
                            .every(Duration.ofHours(25), Instant.parse("2026-01-01T00:20:00Z"));
            var moment = Instant.parse("2026-01-01T00:00:00Z");
            for (int at = 0; at < 400; at++) {
                var next = schedule.after(moment).orElseThrow();
                assertThat(next.nominal()).isAfter(moment);
                var between =
                        moment.plusSeconds(
                                random.nextLong(
                                        Duration.between(moment, next.nominal()).toSeconds()));
                assertThat(schedule.after(between)).contains(next);
                moment = next.nominal();
            }
        }
    }

    @Test
    void an_interval_of_less_than_a_day_is_skipped_on_holidays_rather_than_moved() {
        var schedule =
                Fires.in("UTC")
                        .with(BusinessCalendarTest.GERMAN, Timetable.Holiday.NEXT)
                        .timetable()
                        .every(Duration.ofHours(12), Instant.EPOCH);

        assertThat(Fires.after(schedule, "2026-11-27T12:00:00Z", 5))
                .extracting(Occurrence::skipped)
                .containsExactly(true, true, true, true, false);
    }

    @Test
    void a_single_moment_on_a_holiday_is_moved() {
        var at = Instant.parse("2026-12-25T08:00:00Z");
        var fires = Fires.in("UTC");

        var next =
                fires.with(BusinessCalendarTest.GERMAN, Timetable.Holiday.NEXT)
                        .timetable()
                        .once(at)
                        .after(Instant.EPOCH)
                        .orElseThrow();
        var previous =
                fires.with(BusinessCalendarTest.GERMAN, Timetable.Holiday.PREVIOUS)
                        .timetable()
                        .once(at)
                        .after(Instant.EPOCH)
                        .orElseThrow();

        assertThat(next.nominal()).isEqualTo("2026-12-28T08:00:00Z");
        assertThat(next.mark()).isEqualTo(Mark.MOVED);
        assertThat(previous.nominal()).isEqualTo("2026-12-24T08:00:00Z");
    }
}

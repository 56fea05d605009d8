package dev.leat.workflow.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.schedule.Occurrence.Mark;
import dev.leat.workflow.schedule.Timetable.Holiday;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BusinessCalendarTest {

    static final BusinessCalendar GERMAN =
            new BusinessCalendar(
                    "Germany",
                    Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                    Map.of(
                            LocalDate.parse("2026-04-03"),
                            "Good Friday",
                            LocalDate.parse("2026-04-06"),
                            "Easter Monday"),
                    Map.of(
                            MonthDay.of(1, 1),
                            "New Year",
                            MonthDay.of(12, 25),
                            "Christmas Day",
                            MonthDay.of(12, 26),
                            "Second day of Christmas"));

    @Test
    void weekends_and_holidays_are_no_business_days_and_say_why() {
        assertThat(GERMAN.isBusinessDay(LocalDate.parse("2026-11-27"))).isTrue();
        assertThat(GERMAN.reason(LocalDate.parse("2026-11-27"))).isEmpty();
        assertThat(GERMAN.reason(LocalDate.parse("2026-11-28"))).contains("weekend");
        assertThat(GERMAN.reason(LocalDate.parse("2026-04-03"))).contains("Good Friday");
        assertThat(GERMAN.reason(LocalDate.parse("2031-12-25"))).contains("Christmas Day");
    }

    @Test
    void a_fire_on_a_holiday_is_skipped_and_says_why() {
        var schedule = Fires.in("UTC").with(GERMAN, Holiday.SKIP).cron("0 8 * * *");

        var found = Fires.after(schedule, "2026-12-24T12:00:00Z", 4);

        assertThat(found).extracting(Occurrence::skipped).containsExactly(true, true, true, false);
        assertThat(found.getFirst().note())
                .isEqualTo(
                        "Friday 2026-12-25 (Christmas Day) is no business day in calendar 'Germany'");
    }

    @ParameterizedTest
    @CsvSource({
        "NEXT,     0 8 15 * *, 2026-08-01T00:00:00Z, 2026-08-17T08:00:00Z, MOVED",
        "PREVIOUS, 0 8 15 * *, 2026-08-01T00:00:00Z, 2026-08-14T08:00:00Z, MOVED",
        "NEXT,     0 8 3 4 *,  2026-01-01T00:00:00Z, 2026-04-07T08:00:00Z, MOVED",
        "PREVIOUS, 0 8 6 4 *,  2026-01-01T00:00:00Z, 2026-04-02T08:00:00Z, MOVED",
        "NEXT,     0 8 31 12 *, 2027-01-01T00:00:00Z, 2027-12-31T08:00:00Z, EXACT",
        "NEXT,     0 8 1 1 *,  2026-06-01T00:00:00Z, 2027-01-04T08:00:00Z, MOVED"
    })
    void a_fire_on_a_holiday_is_moved(
            Holiday holiday, String cron, String after, Instant expected, Mark mark) {
        var schedule = Fires.in("UTC").with(GERMAN, holiday).cron(cron);

        var found = Fires.after(schedule, after, 1).getFirst();

        assertThat(found.nominal()).isEqualTo(expected);
        assertThat(found.mark()).isEqualTo(mark);
        assertThat(found.skipped()).isFalse();
    }

    @Test
    void fires_that_are_moved_to_one_moment_are_one() {
        var schedule = Fires.in("UTC").with(GERMAN, Holiday.NEXT).cron("0 8 * * *");

        assertThat(Fires.after(schedule, "2026-04-02T00:00:00Z", 3))
                .extracting(at -> at.nominal() + " " + at.mark())
                .containsExactly(
                        "2026-04-02T08:00:00Z EXACT",
                        "2026-04-07T08:00:00Z EXACT",
                        "2026-04-08T08:00:00Z EXACT");
    }

    @Test
    void a_fire_says_where_it_was_moved_from() {
        var schedule = Fires.in("UTC").with(GERMAN, Holiday.NEXT).cron("0 8 15 * *");

        assertThat(Fires.after(schedule, "2026-08-01T00:00:00Z", 1).getFirst().note())
                .isEqualTo("moved from Saturday 2026-08-15 (weekend) by calendar 'Germany'");
    }

    /// Day by day, each moved by hand.
    @ParameterizedTest
    @EnumSource(Holiday.class)
    void moved_fires_are_those_that_moving_each_day_by_hand_gives(Holiday holiday) {
        var expected = new TreeSet<LocalDate>();
        for (var day = LocalDate.parse("2025-12-01"); day.getYear() < 2029; day = day.plusDays(1)) {
            var moved = day;
            while (holiday != Holiday.SKIP && !GERMAN.isBusinessDay(moved)) {
                moved = moved.plusDays(holiday == Holiday.NEXT ? 1 : -1);
            }
            if (day.getDayOfMonth() % 3 == 1 && moved.getYear() > 2025 && moved.getYear() < 2028) {
                expected.add(moved);
            }
        }
        var schedule = Fires.in("UTC").with(GERMAN, holiday).cron("0 8 1/3 * *");

        var found = Fires.after(schedule, "2025-12-31T23:59:59Z", expected.size());

        assertThat(found)
                .extracting(at -> at.nominal().atOffset(ZoneOffset.UTC).toLocalDate())
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1,  2026-12-31T12:00:00Z, 2027-01-04",
        "-1, 2026-12-01T00:00:00Z, 2026-12-31",
        "-1, 2026-05-01T00:00:00Z, 2026-05-29",
        "3,  2026-04-01T00:00:00Z, 2026-04-07",
        "-3, 2026-12-01T00:00:00Z, 2026-12-29"
    })
    void one_business_day_of_the_month_can_be_named(
            int businessDay, String after, LocalDate expected) {
        var schedule = Fires.in("UTC").with(GERMAN, Holiday.SKIP).cron("0 18 * * *", businessDay);

        assertThat(Fires.after(schedule, after, 1).getFirst().nominal())
                .isEqualTo(expected.atTime(18, 0).toInstant(ZoneOffset.UTC));
    }

    @Test
    void months_with_fewer_business_days_have_no_such_fire() {
        var schedule = Fires.in("UTC").cron("0 18 * 1-3 *", 22);

        assertThat(Fires.after(schedule, "2026-01-01T00:00:00Z", 2))
                .extracting(at -> at.nominal().toString())
                .containsExactly("2026-01-30T18:00:00Z", "2026-03-31T18:00:00Z");
    }

    @Test
    void without_a_calendar_the_weekend_is_saturday_and_sunday() {
        var schedule = Fires.in("UTC").cron("0 18 * * *", -1);

        assertThat(Fires.after(schedule, "2026-05-01T00:00:00Z", 1).getFirst().nominal())
                .isEqualTo("2026-05-29T18:00:00Z");
    }
}

package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.DocumentText.Format;
import dev.leat.workflow.schedule.Blackout;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calendars and blackouts: what is read of them, and all that is wrong with them.
class DocumentsTest {

    private static final CalendarReader CALENDARS = new CalendarReader(Loading.config(Map.of()));
    private static final BlackoutReader BLACKOUTS = new BlackoutReader(Loading.config(Map.of()));

    @Test
    void a_calendar_has_a_weekend_and_holidays() {
        var calendar =
                calendar(
                        """
                        {"id": "gulf", "name": "Gulf", "weekend": ["FRI", "SAT"],
                         "holidays": ["2026-12-02", {"date": "--01-01", "name": "New Year"}]}""");

        assertThat(calendar.id()).isEqualTo("gulf");
        assertThat(calendar.calendar().weekend())
                .containsExactlyInAnyOrder(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY);
        assertThat(calendar.calendar().reason(LocalDate.parse("2026-12-02"))).contains("holiday");
        assertThat(calendar.calendar().reason(LocalDate.parse("2031-01-01"))).contains("New Year");
        assertThat(calendar.calendar().isBusinessDay(LocalDate.parse("2026-12-06"))).isTrue();
    }

    @Test
    void everything_wrong_with_a_calendar_is_told_at_once() {
        assertThat(
                        problems(
                                CALENDARS.read(
                                        text(
                                                """
                                                {"id": "No Good", "nam": "x",
                                                 "weekend": ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"],
                                                 "holidays": ["2026-02-30", "tomorrow", {"name": "x"}, "--02-30"]}"""))))
                .containsExactly(
                        "1:8 error bad-value: 'id' is 'No Good'; it must be lower-case letters, digits and hyphens, at most 63.",
                        "1:19 error unknown-key: A calendar has no key 'nam'. (did you mean 'name'?)",
                        "2:13 error bad-value: No day of the week is left for business. (leave one out)",
                        "3:15 error bad-value: There is no day '2026-02-30'.",
                        "3:29 error bad-value: Entry 2 of 'holidays' is 'tomorrow'; it must be a date such as 2026-12-24, or --12-24 for every year.",
                        "3:41 error missing-key: Entry 3 of 'holidays' has no 'date'.",
                        "3:56 error bad-value: There is no day '--02-30'.");
    }

    @Test
    void an_icalendar_gives_its_whole_days() {
        var read =
                CALENDARS.read(
                        new DocumentText(
                                """
                                BEGIN:VCALENDAR
                                VERSION:2.0
                                X-WR-CALNAME:Feiertage
                                BEGIN:VEVENT
                                DTSTART;VALUE=DATE:20261225
                                DTEND;VALUE=DATE:20261227
                                SUMMARY:Weihnachten\\, beide
                                  Tage
                                END:VEVENT
                                BEGIN:VEVENT
                                DTSTART;VALUE=DATE:20201126
                                RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH
                                SUMMARY:Thanksgiving
                                EXDATE;VALUE=DATE:20271125
                                END:VEVENT
                                BEGIN:VEVENT
                                DTSTART;VALUE=DATE:20200501
                                RRULE:FREQ=YEARLY;UNTIL=20300501
                                SUMMARY:Tag der Arbeit
                                END:VEVENT
                                BEGIN:VEVENT
                                DTSTART:20261224T180000Z
                                SUMMARY:Party
                                END:VEVENT
                                END:VCALENDAR
                                """,
                                Format.ICS,
                                "de.calendar.ics",
                                "de"));

        var calendar = read.document().orElseThrow();
        assertThat(calendar.id()).isEqualTo("de");
        assertThat(calendar.name()).isEqualTo("Feiertage");
        assertThat(calendar.calendar().holidays())
                .containsEntry(LocalDate.parse("2026-12-25"), "Weihnachten, beide Tage")
                .containsEntry(LocalDate.parse("2026-12-26"), "Weihnachten, beide Tage")
                .doesNotContainKey(LocalDate.parse("2026-12-27"))
                .containsEntry(LocalDate.parse("2026-11-26"), "Thanksgiving")
                .doesNotContainKey(LocalDate.parse("2027-11-25"))
                .containsEntry(LocalDate.parse("2028-11-23"), "Thanksgiving")
                .containsKey(LocalDate.parse("2030-05-01"))
                .doesNotContainKey(LocalDate.parse("2031-05-01"));
        assertThat(problems(read))
                .containsExactly(
                        "22:1 warning bad-value: The event has a time of day (20261224T180000Z); only whole days count, so it is left out.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=YEARLY|2024-02-29|2024-02-29 2028-02-29",
                "FREQ=YEARLY;INTERVAL=2|2026-05-01|2026-05-01 2028-05-01",
                "FREQ=YEARLY;COUNT=2|2026-05-01|2026-05-01 2027-05-01",
                "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO|2026-05-25|2026-05-25 2027-05-31",
                "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=-1|2026-01-31|2026-01-31 2026-07-31 2027-01-31",
                "FREQ=YEARLY;BYMONTH=11;BYDAY=FR;BYMONTHDAY=13|2026-01-01|2026-11-13 2037-11-13"
            })
    void a_yearly_rule_gives_its_days(String rule, LocalDate first, String expected) {
        var days = expected.split(" ");

        assertThat(YearlyRule.parse(rule, first).occurrences())
                .startsWith(Arrays.stream(days).map(LocalDate::parse).toArray(LocalDate[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RRULE:FREQ=WEEKLY|The rule 'FREQ=WEEKLY' isn't understood: only FREQ=YEARLY is.",
                "RRULE:FREQ=YEARLY;BYSETPOS=1|The part 'BYSETPOS=1' of the rule isn't understood.",
                "RRULE:FREQ=YEARLY;BYDAY=4TH|The rule 'FREQ=YEARLY;BYDAY=4TH' isn't understood: BYDAY needs BYMONTH.",
                "RRULE:FREQ=YEARLY;BYMONTH=13|BYMONTH=13 isn't understood.",
                "DTEND;VALUE=DATE:20290101|The event lasts 1096 days; the longest has 366.",
                "DURATION:PT5H|'PT5H' is no number of days such as P2D."
            })
    void what_isnt_understood_of_an_icalendar_is_an_error(String line, String sentence) {
        var text =
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\n%s\nEND:VEVENT\nEND:VCALENDAR"
                        .formatted(line);

        var read = CALENDARS.read(new DocumentText(text, Format.ICS, "x", "x"));

        assertThat(read.document()).isEmpty();
        assertThat(problems(read)).containsExactly("4:1 error bad-value: " + sentence);
    }

    @Test
    void a_calendar_takes_holidays_from_an_icalendar_within() {
        var calendar =
                calendar(
                        """
                        {"id": "x", "ics": "BEGIN:VCALENDAR\\nBEGIN:VEVENT\\nDTSTART:20260101\\nSUMMARY:New Year\\nEND:VEVENT\\nEND:VCALENDAR"}""");

        assertThat(calendar.calendar().reason(LocalDate.parse("2026-01-01"))).contains("New Year");
        assertThat(problems(CALENDARS.read(text("{\"id\": \"x\", \"ics\": \"hello\"}"))))
                .containsExactly(
                        "1:20 error bad-value: Line 1 of the iCalendar: There is no colon in this line.",
                        "1:20 error bad-value: Line 1 of the iCalendar: This is no iCalendar: it begins with BEGIN:VCALENDAR.");
    }

    @Test
    void a_blackout_knows_its_windows() {
        var blackout =
                blackout(
                        """
                        {"id": "freeze", "name": "Christmas freeze", "timezone": "Europe/Berlin", "action": "skip",
                         "windows": [{"from": "2026-12-23T18:00", "until": "2027-01-02", "name": "holidays"},
                                     {"cron": "0 22 * * FRI", "duration": "10h"}],
                         "workflows": ["sales.*", "nightly"]}""");

        var in = Instant.parse("2026-12-24T12:00:00Z");
        var window = blackout.at("sales.orders", in).orElseThrow();
        assertThat(window.until()).isEqualTo("2027-01-02T07:00:00Z");
        assertThat(window.action()).isEqualTo(Blackout.Action.SKIP);
        assertThat(window.sentence())
                .isEqualTo(
                        "blackout 'Christmas freeze' (holidays) until 2027-01-02 08:00 Europe/Berlin");
        assertThat(blackout.at("nightly", in)).isPresent();
        assertThat(blackout.at("nightly-2", in)).isEmpty();
        assertThat(blackout.at("bi.orders", in)).isEmpty();
    }

    /// The window ends at midnight, in the middle of a Friday night's: they are one.
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T20:59:59Z, ,",
        "2026-11-27T21:00:00Z, 2026-11-27T21:00:00Z, 2026-11-28T07:00:00Z",
        "2026-11-28T06:59:59Z, 2026-11-27T21:00:00Z, 2026-11-28T07:00:00Z",
        "2026-11-28T07:00:00Z, ,",
        "2026-12-23T17:00:00Z, 2026-12-23T17:00:00Z, 2026-12-26T07:00:00Z"
    })
    void a_moment_is_in_a_window_or_not(Instant moment, Instant from, Instant until) {
        var blackout =
                blackout(
                        """
                        {"id": "a", "timezone": "Europe/Berlin",
                         "windows": [{"cron": "0 22 * * FRI", "duration": "10h"},
                                     {"from": "2026-12-23T18:00", "until": "2026-12-26T00:00:00+01:00"}]}""");

        var found = blackout.now(moment);

        assertThat(found.map(Blackout.Span::from)).isEqualTo(Optional.ofNullable(from));
        assertThat(found.map(Blackout.Span::until)).isEqualTo(Optional.ofNullable(until));
    }

    @ParameterizedTest
    @CsvSource({
        "sales.*, sales.orders, true",
        "sales.*, sales.eu.orders, true",
        "sales.*, sales, false",
        "*, anything, true",
        "*.a?c, x.y.abc, true",
        "*.a?c, x.abc.d, false",
        "*ab*ab, abxabxab, true",
        "*ab*ab, abxabxa, false",
        "a, ab, false",
        "ab, a, false"
    })
    void a_selector_names_workflows(String selector, String workflow, boolean concerned) {
        var blackout =
                blackout(
                        """
                        {"id": "a", "windows": [{"from": "2026-11-26", "until": "2026-11-27"}], "workflows": ["%s"]}"""
                                .formatted(selector));

        assertThat(blackout.concerns(workflow)).isEqualTo(concerned);
    }

    @Test
    void the_next_window_of_a_blackout_is_known() {
        var blackout =
                blackout(
                        """
                        {"id": "a", "windows": [{"cron": "0 22 * * FRI", "duration": "10h"},
                                                {"from": "2026-11-26", "until": "2026-11-27"}]}""");

        assertThat(blackout.next(Instant.parse("2026-11-25T00:00:00Z")).orElseThrow().from())
                .isEqualTo("2026-11-26T00:00:00Z");
        assertThat(blackout.next(Instant.parse("2026-11-26T00:00:00Z")).orElseThrow().from())
                .isEqualTo("2026-11-27T22:00:00Z");
    }

    @Test
    void everything_wrong_with_a_blackout_is_told_at_once() {
        assertThat(
                        problems(
                                BLACKOUTS.read(
                                        text(
                                                """
                                                {"id": "a", "timezone": "Europe/Berln", "action": "drop",
                                                 "windows": [{"from": "2026-12-24"},
                                                             {"from": "2026-12-24", "until": "2026-12-24"},
                                                             {"from": "Christmas", "until": "2026-12-26"},
                                                             {"cron": "0 25 * * *", "duration": "1h"},
                                                             {"cron": "0 0 30 2 *", "duration": "1h"},
                                                             {"cron": "0 2 * * *", "duration": "400d"}],
                                                 "workflows": ["Sales"]}"""))))
                .containsExactly(
                        "1:25 error unknown-timezone: There is no time zone 'Europe/Berln'. (did you mean 'Europe/Berlin'?)",
                        "1:51 error bad-value: 'action' is 'drop'; it must be 'hold' or 'skip'.",
                        "2:14 error bad-combination: A window has 'from' and 'until', or 'cron' and 'duration'.",
                        "3:46 error bad-combination: 'until' isn't after 'from'.",
                        "4:23 error bad-value: 'from' is 'Christmas'; it must be a moment, a local time or a date. (such as 2026-12-24T18:00:00+01:00, 2026-12-24T18:00 or 2026-12-24)",
                        "5:26 error bad-cron: The hour field holds '25'; it goes from 0 to 23.",
                        "6:23 error cron-never-fires: This never fires: no such month has a day 30.",
                        "7:48 error bad-value: A window lasts 366 days at most.",
                        "8:16 error bad-value: Entry 1 of 'workflows' is 'Sales'; it must be a workflow's id with its namespace, in which * stands for any characters and ? for one.");
        assertThat(problems(BLACKOUTS.read(text("{\"id\": \"a\", \"windows\": []}"))))
                .containsExactly("1:24 error bad-value: 'windows' must not be empty.");
    }

    private static CalendarDocument calendar(String json) {
        var read = CALENDARS.read(text(json));
        assertThat(problems(read)).isEmpty();
        return read.document().orElseThrow();
    }

    private static Blackout blackout(String json) {
        var read = BLACKOUTS.read(text(json));
        assertThat(problems(read)).isEmpty();
        return read.document().orElseThrow();
    }

    private static DocumentText text(String json) {
        return new DocumentText(json, Format.JSON, "test.json", null);
    }

    private static List<String> problems(DocumentRead<?> read) {
        return read.problems().stream().map(String::valueOf).toList();
    }
}

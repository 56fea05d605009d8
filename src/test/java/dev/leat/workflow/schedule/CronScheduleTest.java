package dev.leat.workflow.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.schedule.Occurrence.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0 2 * * *;2026-11-27T02:00:00Z;2026-11-28T02:00:00Z 2026-11-29T02:00:00Z",
                "30 8 * * 1-5;2026-11-27T08:30:00Z;2026-11-30T08:30:00Z 2026-12-01T08:30:00Z",
                "0 0 * * FRI-SUN;2026-11-26T00:00:00Z;2026-11-27T00:00:00Z 2026-11-28T00:00:00Z 2026-11-29T00:00:00Z 2026-12-04T00:00:00Z",
                "0 0 * * 7;2026-11-26T00:00:00Z;2026-11-29T00:00:00Z 2026-12-06T00:00:00Z",
                "*/20 * * * * *;2026-01-01T00:00:19.5Z;2026-01-01T00:00:20Z 2026-01-01T00:00:40Z 2026-01-01T00:01:00Z",
                "0 0 29 2 *;2026-01-01T00:00:00Z;2028-02-29T00:00:00Z 2032-02-29T00:00:00Z",
                "0 0 29 2 *;2096-03-01T00:00:00Z;2104-02-29T00:00:00Z",
                "0 0 31 * *;2026-01-31T00:00:00Z;2026-03-31T00:00:00Z 2026-05-31T00:00:00Z 2026-07-31T00:00:00Z 2026-08-31T00:00:00Z",
                "0 0 L * *;2026-01-31T00:00:00Z;2026-02-28T00:00:00Z 2026-03-31T00:00:00Z",
                "0 0 L-3 * *;2026-01-31T00:00:00Z;2026-02-25T00:00:00Z 2026-03-28T00:00:00Z",
                "0 0 1W 8 ?;2026-01-01T00:00:00Z;2026-08-03T00:00:00Z 2027-08-02T00:00:00Z",
                "0 0 15W * ?;2026-07-20T00:00:00Z;2026-08-14T00:00:00Z 2026-09-15T00:00:00Z",
                "0 0 LW * ?;2026-01-01T00:00:00Z;2026-01-30T00:00:00Z 2026-02-27T00:00:00Z",
                "0 0 30W 2,4 ?;2026-01-01T00:00:00Z;2026-04-30T00:00:00Z 2027-04-30T00:00:00Z",
                "0 0 ? * 5L;2026-01-01T00:00:00Z;2026-01-30T00:00:00Z 2026-02-27T00:00:00Z",
                "0 0 * * L;2026-01-01T00:00:00Z;2026-01-31T00:00:00Z 2026-02-28T00:00:00Z",
                "0 0 ? * MON#2;2026-01-01T00:00:00Z;2026-01-12T00:00:00Z 2026-02-09T00:00:00Z",
                "0 0 ? * SUN#5;2026-01-01T00:00:00Z;2026-03-29T00:00:00Z 2026-05-31T00:00:00Z",
                "0 0 13 * FRI;2026-11-01T00:00:00Z;2026-11-06T00:00:00Z 2026-11-13T00:00:00Z 2026-11-20T00:00:00Z 2026-11-27T00:00:00Z 2026-12-04T00:00:00Z 2026-12-11T00:00:00Z 2026-12-13T00:00:00Z",
                "0 0 */2 * MON;2026-11-01T00:00:00Z;2026-11-09T00:00:00Z 2026-11-23T00:00:00Z",
                "0 0 1 * ?;2026-11-01T00:00:00Z;2026-12-01T00:00:00Z",
                "5/20 10/6 * * *;2026-11-01T00:00:00Z;2026-11-01T10:05:00Z 2026-11-01T10:25:00Z 2026-11-01T10:45:00Z 2026-11-01T16:05:00Z",
                "@yearly;2026-11-01T00:00:00Z;2027-01-01T00:00:00Z 2028-01-01T00:00:00Z",
                "@weekly;2026-11-27T00:00:00Z;2026-11-29T00:00:00Z",
                "@hourly;2026-11-27T23:00:00Z;2026-11-28T00:00:00Z",
                "14 3 19 1 *;2037-12-31T00:00:00Z;2038-01-19T03:14:00Z 2039-01-19T03:14:00Z",
                "59 23 31 12 *;9998-12-31T23:59:00Z;9999-12-31T23:59:00Z"
            })
    void a_cron_expression_names_these_moments(String cron, String after, String expected) {
        var moments = expected.split(" ");

        var found = Fires.after(Fires.in("UTC").cron(cron), after, moments.length);

        assertThat(found)
                .extracting(Occurrence::nominal)
                .containsExactlyElementsOf(Arrays.stream(moments).map(Instant::parse).toList());
    }

    @Test
    void after_the_last_moment_of_the_year_9999_nothing_comes() {
        var schedule = Fires.in("UTC").cron("* * * * * *");

        assertThat(schedule.after(Instant.parse("9999-12-31T23:59:58Z"))).isPresent();
        assertThat(schedule.after(Instant.parse("9999-12-31T23:59:59Z"))).isEmpty();
        assertThat(schedule.after(Instant.MAX)).isEmpty();
        assertThat(schedule.after(Instant.MIN)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 L-31 * *", "0 0 30W 2 ?"})
    void what_never_fires_ends_the_search(String cron) throws CronException {
        assertThat(Fires.in("Europe/Berlin").cron(cron).after(Instant.EPOCH)).isEmpty();
        assertThat(Cron.parse(cron).neverFires()).isPresent();
    }

    @Test
    void a_nightly_job_in_the_gap_runs_once_at_its_end() {
        var berlin = Fires.in("Europe/Berlin");

        var found = Fires.after(berlin.cron("30 2 * * *"), "2026-03-28T12:00:00Z", 1).getFirst();

        assertThat(found.nominal()).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(found.mark()).isEqualTo(Mark.AFTER_GAP);
        assertThat(found.note())
                .isEqualTo("02:30 doesn't exist on 2026-03-29 in Europe/Berlin: at the gap's end");
        assertThat(found.skipped()).isFalse();
    }

    /// Argo's documentation warns that a cron workflow "may run 0, 1 or 2 times" on such days.
    @Test
    void a_daily_job_runs_once_on_each_day_of_argos_dst_warning() {
        var angeles = Fires.in("America/Los_Angeles");

        assertThat(angeles.local(angeles.cron("30 2 * * *"), "2020-03-07T00:00:00Z", 3))
                .containsExactly(
                        "2020-03-07T02:30-08:00",
                        "2020-03-08T03:00-07:00",
                        "2020-03-09T02:30-07:00");
        assertThat(angeles.local(angeles.cron("30 1 * * *"), "2020-10-31T00:00:00Z", 3))
                .containsExactly(
                        "2020-10-31T01:30-07:00",
                        "2020-11-01T01:30-07:00",
                        "2020-11-02T01:30-08:00");
    }

    @Test
    void several_local_times_of_one_gap_fire_once() {
        var berlin = Fires.in("Europe/Berlin");

        assertThat(berlin.local(berlin.cron("0,15,30,45 2 * * *"), "2026-03-29T00:30:00Z", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
    }

    @Test
    void a_local_time_at_the_gaps_end_is_that_fire_itself() {
        var berlin = Fires.in("Europe/Berlin");

        assertThat(Fires.after(berlin.cron("30 2,3 * * *"), "2026-03-29T00:30:00Z", 2))
                .extracting(Occurrence::mark)
                .containsExactly(Mark.AFTER_GAP, Mark.EXACT);
        assertThat(Fires.after(berlin.cron("0 2,3 * * *"), "2026-03-29T00:30:00Z", 1))
                .extracting(Occurrence::mark)
                .containsExactly(Mark.EXACT);
    }

    @Test
    void a_gap_that_is_skipped_is_still_told_of() {
        var schedule = Fires.in("Europe/Berlin").with(Timetable.Gap.SKIP).cron("30 2 * * *");

        var found = Fires.after(schedule, "2026-03-29T00:00:00Z", 2);

        assertThat(found.getFirst().skipped()).isTrue();
        assertThat(found.getFirst().note())
                .isEqualTo("02:30 doesn't exist on 2026-03-29 in Europe/Berlin: skipped");
        assertThat(found.getLast().nominal()).isEqualTo("2026-03-30T00:30:00Z");
        assertThat(found.getLast().skipped()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST, 2026-10-25T00:30:00Z, ",
        "LAST,  2026-10-25T01:30:00Z, ",
        "BOTH,  2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z"
    })
    void where_a_local_time_comes_twice_the_trigger_chooses(
            Timetable.Overlap overlap, Instant first, Instant second) {
        var schedule = Fires.in("Europe/Berlin").with(overlap).cron("30 2 * * *");

        var found = Fires.after(schedule, "2026-10-24T12:00:00Z", 2);

        assertThat(found.getFirst().nominal()).isEqualTo(first);
        assertThat(found.getFirst().note())
                .contains("02:30 comes twice on 2026-10-25 in Europe/Berlin");
        assertThat(found.getLast().nominal())
                .isEqualTo(second == null ? Instant.parse("2026-10-26T01:30:00Z") : second);
    }

    @Test
    void every_quarter_of_an_hour_stays_that_in_an_overlap_and_in_a_gap() {
        var schedule = Fires.in("Europe/Berlin").cron("*/15 * * * *");

        for (var start : new String[] {"2026-10-24T22:00:00Z", "2026-03-28T22:00:00Z"}) {
            var found = Fires.after(schedule, start, 40);
            for (int at = 1; at < found.size(); at++) {
                assertThat(Duration.between(found.get(at - 1).nominal(), found.get(at).nominal()))
                        .isEqualTo(Duration.ofMinutes(15));
            }
        }
    }

    @Test
    void lord_howes_half_hour_moves_only_what_lies_in_it() {
        var howe = Fires.in("Australia/Lord_Howe");

        assertThat(howe.local(howe.cron("15 2 * * *"), "2026-10-03T00:00:00Z", 2))
                .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00");
        assertThat(howe.local(howe.cron("45 2 * * *"), "2026-10-03T00:00:00Z", 2))
                .containsExactly("2026-10-04T02:45+11:00", "2026-10-05T02:45+11:00");
        assertThat(howe.local(howe.cron("45 1 * * *"), "2026-04-04T00:00:00Z", 2))
                .containsExactly("2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30");
        assertThat(howe.local(howe.cron("15 * * * *"), "2026-10-03T14:30:00Z", 3))
                .containsExactly(
                        "2026-10-04T01:15+10:30",
                        "2026-10-04T02:30+11:00",
                        "2026-10-04T03:15+11:00");
    }

    @ParameterizedTest
    @CsvSource({
        "America/Santiago, 2026-09-05T12:00:00Z, 2026-09-06T01:00-03:00",
        "America/Havana,   2026-03-07T12:00:00Z, 2026-03-08T01:00-04:00",
        "Asia/Beirut,      2026-03-28T12:00:00Z, 2026-03-29T01:00+03:00"
    })
    void midnight_in_a_gap_is_an_hour_later_on_the_same_day(
            String zone, String after, String expected) {
        var there = Fires.in(zone);

        assertThat(there.local(there.cron("0 0 * * *"), after, 1)).containsExactly(expected);
    }

    @Test
    void the_day_that_apia_skipped_is_made_up_for_at_its_end_once() {
        var apia = Fires.in("Pacific/Apia");

        assertThat(apia.local(apia.cron("0 9,17 * * *"), "2011-12-30T03:30:00Z", 3))
                .containsExactly(
                        "2011-12-31T00:00+14:00",
                        "2011-12-31T09:00+14:00",
                        "2011-12-31T17:00+14:00");
    }

    @Test
    void casablancas_clock_that_goes_back_for_ramadan_is_followed() {
        var there = Fires.in("Africa/Casablanca");

        assertThat(there.local(there.cron("0 9 * * *"), "2026-02-14T00:00:00Z", 2))
                .containsExactly("2026-02-14T09:00+01:00", "2026-02-15T09:00Z");
        assertThat(there.local(there.cron("30 2 * * *"), "2026-03-21T12:00:00Z", 1))
                .containsExactly("2026-03-22T03:00+01:00");
    }

    @Test
    void jitter_is_the_same_for_the_same_moment_and_less_than_it_may_be() {
        var most = Duration.ofMinutes(10);
        var fires = Fires.in("UTC").with(most);

        var once = Fires.after(fires.cron("0 * * * *"), "2026-01-01T00:00:00Z", 500);
        var again = Fires.after(fires.cron("0 * * * *"), "2026-01-01T00:00:00Z", 500);

        assertThat(again).isEqualTo(once);
        assertThat(once)
                .allSatisfy(
                        at ->
                                assertThat(Duration.between(at.nominal(), at.due()))
                                        .isBetween(Duration.ZERO, most.minusMillis(1)));
        var minutes = new HashSet<Long>();
        once.forEach(at -> minutes.add(Duration.between(at.nominal(), at.due()).toMinutes()));
        assertThat(minutes).as("it is spread").hasSize(10);
    }

    /// Whatever is asked for, the answer is later, and nothing lies between.
    @Test
    void asking_again_always_leads_further_and_leaves_nothing_out() {
        var random = new Random(31);
        var zones = new String[] {"UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana"};
        var expressions =
                new String[] {"*/7 1-3 * * *", "0 0 L,15W * *", "30 2 * * 0", "5 * * * *"};
        for (int round = 0; round < 400; round++) {
            var schedule =
                    Fires.in(zones[round % zones.length])
                            .with(Timetable.Overlap.values()[round % 3])
                            .cron(expressions[random.nextInt(expressions.length)]);
            var moment =
                    Instant.ofEpochSecond(random.nextLong(2_000_000_000L), random.nextInt(1000));

            var next = schedule.after(moment).orElseThrow().nominal();

            assertThat(next).isAfter(moment);
            var between =
                    moment.plusMillis(
                            random.nextLong(
                                    Math.max(1, Duration.between(moment, next).toMillis())));
            assertThat(schedule.after(between).orElseThrow().nominal()).isEqualTo(next);
        }
    }
}

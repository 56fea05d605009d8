package dev.leat.workflow.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.schedule.Occurrence.Mark;
import dev.leat.workflow.schedule.Timetable.Gap;
import dev.leat.workflow.schedule.Timetable.Overlap;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every zone there is, ten years of it, against an oracle that takes each local time one by one
/// and asks what the zone's clock makes of it.
class EveryZoneTest {

    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2030-01-01T00:00:00Z");

    /// @param hours those of a day; every one of them for what goes by elapsed time
    private record Rule(
            String cron, Predicate<LocalDate> days, IntPredicate hours, IntPredicate minutes) {

        boolean everyHour() {
            return IntStream.range(0, 24).allMatch(hours);
        }

        boolean names(LocalDateTime local) {
            return days.test(local.toLocalDate())
                    && hours.test(local.getHour())
                    && minutes.test(local.getMinute());
        }

        List<LocalTime> times() {
            return IntStream.range(0, 24 * 60)
                    .filter(at -> hours.test(at / 60) && minutes.test(at % 60))
                    .mapToObj(at -> LocalTime.of(at / 60, at % 60))
                    .toList();
        }
    }

    private static final List<Rule> RULES =
            List.of(
                    new Rule("30 2 * * *", _ -> true, hour -> hour == 2, minute -> minute == 30),
                    new Rule("0 0 * * *", _ -> true, hour -> hour == 0, minute -> minute == 0),
                    new Rule(
                            "*/20 0-3 * * SUN,FRI",
                            day ->
                                    day.getDayOfWeek() == DayOfWeek.SUNDAY
                                            || day.getDayOfWeek() == DayOfWeek.FRIDAY,
                            hour -> hour <= 3,
                            minute -> minute % 20 == 0),
                    new Rule(
                            "15,45 1,2,23 * * *",
                            _ -> true,
                            hour -> hour == 1 || hour == 2 || hour == 23,
                            minute -> minute == 15 || minute == 45),
                    new Rule(
                            "0 3 L * ?",
                            day -> day.plusDays(1).getDayOfMonth() == 1,
                            hour -> hour == 3,
                            minute -> minute == 0),
                    new Rule(
                            "5 */2 1-7 * 2",
                            day ->
                                    day.getDayOfMonth() <= 7
                                            || day.getDayOfWeek() == DayOfWeek.TUESDAY,
                            hour -> hour % 2 == 0,
                            minute -> minute == 5),
                    new Rule("*/15 * * * *", _ -> true, _ -> true, minute -> minute % 15 == 0),
                    new Rule("20 * * * *", _ -> true, _ -> true, minute -> minute == 20));

    @Test
    void every_change_of_every_zones_clock_is_passed_as_the_oracle_says() {
        var changes = 0;
        var random = new Random(2_026);
        var seen = new HashSet<ZoneRules>();
        for (var zone : zones()) {
            if (!seen.add(zone.getRules())) {
                continue; // another name of a zone that was looked at
            }
            for (var change : changes(zone)) {
                changes++;
                var from = change.getInstant().minus(Duration.ofDays(2));
                var to = change.getInstant().plus(Duration.ofDays(2));
                for (var rule : RULES) {
                    check(
                            zone,
                            rule,
                            anyOf(random, Gap.values()),
                            anyOf(random, Overlap.values()),
                            from,
                            to);
                }
            }
        }
        assertThat(changes).as("changes that were looked at").isGreaterThan(1_000);
    }

    @Test
    void ten_years_of_every_zone_are_as_the_oracle_says() {
        var random = new Random(9_999);
        for (var zone : zones()) {
            var rule = RULES.get(random.nextInt(6));
            check(
                    zone,
                    rule,
                    anyOf(random, Gap.values()),
                    anyOf(random, Overlap.values()),
                    FROM,
                    TO);
        }
    }

    private static <T> T anyOf(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static List<ZoneId> zones() {
        return ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
    }

    private static List<ZoneOffsetTransition> changes(ZoneId zone) {
        var changes = new ArrayList<ZoneOffsetTransition>();
        var next = zone.getRules().nextTransition(FROM);
        while (next != null && next.getInstant().isBefore(TO)) {
            changes.add(next);
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }

    private static void check(
            ZoneId zone, Rule rule, Gap gap, Overlap overlap, Instant from, Instant to) {
        var expected =
                rule.everyHour()
                        ? elapsed(zone, rule, gap, from, to)
                        : local(zone, rule, gap, overlap, from, to);
        var found = new TreeMap<Instant, String>();
        var schedule = schedule(rule.cron(), zone, gap, overlap);
        var next = schedule.after(from);
        while (next.isPresent() && next.get().nominal().isBefore(to)) {
            var occurrence = next.get();
            found.put(occurrence.nominal(), word(occurrence.mark(), occurrence.skipped()));
            next = schedule.after(occurrence.nominal());
        }
        if (!found.equals(expected)) {
            assertThat(found)
                    .as("%s in %s, %s, %s", rule.cron(), zone, gap, overlap)
                    .containsExactlyEntriesOf(expected);
        }
    }

    private static String word(Mark mark, boolean skipped) {
        return mark + (skipped ? " skipped" : "");
    }

    private static Schedule schedule(String cron, ZoneId zone, Gap gap, Overlap overlap) {
        try {
            return new Timetable(
                            zone, gap, overlap, "", Duration.ZERO, null, Timetable.Holiday.SKIP)
                    .cron(Cron.parse(cron), 0);
        } catch (CronException e) {
            throw new AssertionError(e);
        }
    }

    /// Each local time by itself.
    private static Map<Instant, String> local(
            ZoneId zone, Rule rule, Gap gap, Overlap overlap, Instant from, Instant to) {
        var rules = zone.getRules();
        var all = new TreeMap<Instant, String>();
        var times = rule.times();
        var last = LocalDate.ofInstant(to, ZoneOffset.UTC).plusDays(2);
        for (var day = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(2);
                day.isBefore(last);
                day = day.plusDays(1)) {
            if (!rule.days().test(day)) {
                continue;
            }
            for (var time : times) {
                var at = day.atTime(time);
                var offsets = rules.getValidOffsets(at);
                if (offsets.size() == 1) {
                    all.put(at.toInstant(offsets.getFirst()), "EXACT");
                } else if (offsets.isEmpty()) {
                    all.putIfAbsent(
                            rules.getTransition(at).getInstant(),
                            word(Mark.AFTER_GAP, gap == Gap.SKIP));
                } else {
                    if (overlap != Overlap.LAST) {
                        all.put(at.toInstant(offsets.getFirst()), "FIRST_OF_TWO");
                    }
                    if (overlap != Overlap.FIRST) {
                        all.put(at.toInstant(offsets.getLast()), "SECOND_OF_TWO");
                    }
                }
            }
        }
        return new TreeMap<>(all.subMap(from, false, to, false));
    }

    /// Each five minutes of elapsed time by themselves: no rule here names any between, and no zone
    /// of these years has an offset that would bring them there.
    private static Map<Instant, String> elapsed(
            ZoneId zone, Rule rule, Gap gap, Instant from, Instant to) {
        var rules = zone.getRules();
        var all = new TreeMap<Instant, String>();
        for (var at = from.truncatedTo(ChronoUnit.HOURS);
                at.isBefore(to);
                at = at.plusSeconds(300)) {
            var local = at.atZone(zone).toLocalDateTime();
            if (rule.names(local)) {
                var offsets = rules.getValidOffsets(local);
                all.put(
                        at,
                        offsets.size() == 1
                                ? "EXACT"
                                : offsets.getFirst().equals(rules.getOffset(at))
                                        ? "FIRST_OF_TWO"
                                        : "SECOND_OF_TWO");
            }
        }
        for (var change : changes(zone)) {
            if (change.isGap()
                    && change.getDuration().toMinutes() < 60
                    && gap == Gap.RUN
                    && change.getInstant().isAfter(from)
                    && change.getInstant().isBefore(to)
                    && isNamedIn(change, rule)) {
                all.putIfAbsent(change.getInstant(), "AFTER_GAP");
            }
        }
        return new TreeMap<>(all.tailMap(from, false));
    }

    private static boolean isNamedIn(ZoneOffsetTransition gap, Rule rule) {
        for (var at = gap.getDateTimeBefore();
                at.isBefore(gap.getDateTimeAfter());
                at = at.plusMinutes(1)) {
            if (rule.names(at)) {
                return true;
            }
        }
        return false;
    }
}

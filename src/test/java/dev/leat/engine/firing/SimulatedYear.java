package dev.leat.engine.firing;

import dev.leat.engine.firing.Backlog.Fate;
import dev.leat.workflow.Schedules;
import dev.leat.workflow.TriggerSpec.CatchUp;
import dev.leat.workflow.TriggerSpec.CatchUp.Policy;
import dev.leat.workflow.TriggerSpec.Cron;
import dev.leat.workflow.TriggerSpec.OnGap;
import dev.leat.workflow.TriggerSpec.OnHoliday;
import dev.leat.workflow.TriggerSpec.OnOverlap;
import dev.leat.workflow.TriggerSpec.Timing;
import dev.leat.workflow.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// A year of schedules, under a clock that jumps from look to look: mostly from one fire to the
/// next, now and then by hours that nobody was there for, and sometimes back.
final class SimulatedYear {

    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2028-01-01T00:00:00Z");
    private static final Duration ON_TIME = Duration.ofMinutes(1);
    private static final List<String> ZONES =
            List.of(
                    "UTC",
                    "Europe/Berlin",
                    "America/New_York",
                    "Australia/Lord_Howe",
                    "America/Santiago",
                    "Asia/Kathmandu");

    private final Random random;

    /// Schedules whose lines weren't what they should have been.
    final List<String> wrong = new ArrayList<>();

    long fires;
    long missed;

    SimulatedYear(long seed) {
        random = new Random(seed);
    }

    /// All of them, one after the other: they know nothing of each other.
    void go(int schedules) {
        for (int number = 0; number < schedules; number++) {
            var expression = expression();
            var zone = ZONES.get(random.nextInt(ZONES.size()));
            var policy = Policy.values()[random.nextInt(Policy.values().length)];
            var fault = go(expression, zone, new CatchUp(policy, 3, null));
            if (!fault.isEmpty()) {
                wrong.add("%s in %s, %s: %s".formatted(expression, zone, policy, fault));
            }
        }
    }

    private String expression() {
        var minute = random.nextInt(60);
        var hour = random.nextInt(24);
        return switch (random.nextInt(5)) {
            case 0 -> minute + " * * * *";
            case 1 -> minute + " " + hour + " * * *";
            case 2 -> "*/" + (5 + random.nextInt(40)) + " * * * *";
            case 3 -> minute + " " + hour + " * * MON-FRI";
            default -> minute + " " + hour + " L * *";
        };
    }

    private String go(String expression, String zone, CatchUp catchUp) {
        var schedule = schedule(expression, zone, catchUp);
        var lines = new ArrayList<Instant>();
        var settled = START;
        var now = START;
        while (now.isBefore(END)) {
            now = later(schedule, settled, now);
            var backlog = Backlog.of(schedule, settled, now, catchUp, ON_TIME);
            var made =
                    backlog.fires().stream().filter(each -> each.fate() == Fate.CATCH_UP).count();
            if (made > catchUp.most() || catchUp.policy() == Policy.NONE && made > 0) {
                return made + " made up for at " + now;
            }
            for (var due : backlog.fires()) {
                lines.add(due.occurrence().nominal());
                settled = due.occurrence().nominal();
                missed += due.fate() == Fate.MISS ? 1 : 0;
            }
        }
        fires += lines.size();
        var expected = expected(schedule, settled);
        return lines.equals(List.copyOf(expected))
                ? ""
                : "%d lines for %d moments".formatted(lines.size(), expected.size());
    }

    private Instant later(Schedule schedule, Instant settled, Instant now) {
        var next = schedule.after(settled).orElseThrow().due();
        var fire = next.isAfter(now) ? next : now.plusSeconds(1);
        return switch (random.nextInt(50)) {
            case 0 -> fire.plusSeconds(random.nextInt(3 * 24 * 3600));
            case 1 -> now.minusSeconds(random.nextInt(3600));
            default -> fire.plusMillis(random.nextInt(500));
        };
    }

    private static TreeSet<Instant> expected(Schedule schedule, Instant until) {
        var moments = new TreeSet<Instant>();
        var next = schedule.after(START);
        while (next.isPresent() && !next.get().nominal().isAfter(until)) {
            moments.add(next.get().nominal());
            next = schedule.after(next.get().nominal());
        }
        return moments;
    }

    private static Schedule schedule(String expression, String zone, CatchUp catchUp) {
        return Schedules.of(
                new Cron(
                        expression,
                        0,
                        new Timing(
                                ZoneId.of(zone),
                                OnGap.RUN,
                                OnOverlap.FIRST,
                                Duration.ZERO,
                                null,
                                OnHoliday.SKIP,
                                catchUp)),
                "seed",
                null);
    }
}

package dev.leat.engine.report;

import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.ClockFires;
import dev.leat.engine.firing.Triggers;
import dev.leat.engine.report.Forecast.Line;
import dev.leat.engine.report.Forecast.WhatIf;
import dev.leat.store.TriggerStore;
import dev.leat.task.Durations;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.TriggerSpec.Clock;
import dev.leat.workflow.schedule.Cron;
import dev.leat.workflow.schedule.CronException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks ahead: which runs the clock will start in the next days, how long they are expected to
/// take, and where they meet. What other triggers start can't be known and isn't in it.
@ApplicationScoped
public class Forecasts {

    public static final int MOST_DAYS = 31;

    private static final int MOST_LINES = 200;
    private static final int MOST_FIRES = 50;

    /// Of one trigger. One that fires each minute has some ten thousand in a week.
    private static final int MOST_COUNTED = 12_000;

    private static final int MOST_IN_ALL = 500_000;
    private static final int MOST_WORKFLOWS = 2_000;
    private static final int AMONG = 100;
    private static final int RUNS = 20;

    /// A trigger with more fires than this is told by how far they are apart.
    private static final int OFTEN = 200;

    private final Triggers triggers;
    private final ClockFires clockFires;
    private final UpcomingFires upcoming;
    private final TriggerStore store;
    private final InstantSource clock;

    Forecasts(
            Triggers triggers,
            ClockFires clockFires,
            UpcomingFires upcoming,
            TriggerStore store,
            InstantSource clock) {
        this.triggers = triggers;
        this.clockFires = clockFires;
        this.upcoming = upcoming;
        this.store = store;
        this.clock = clock;
    }

    /// @param days from now on, 1 to [#MOST_DAYS]
    /// @param workflow only this one; null for all
    public Forecast of(int days, @Nullable String workflow) {
        return look(days, workflow, clocks()).forecast();
    }

    /// What would be otherwise if a trigger had another cron expression.
    ///
    /// @throws Refusal.NotFound where there is no such trigger
    /// @throws Refusal.Invalid where it doesn't go by the clock, or the expression can't be read
    public WhatIf whatIf(int days, String workflow, String trigger, String cron) {
        var armed = triggers.get(workflow, trigger);
        if (!(armed.spec().kind() instanceof Clock kind)) {
            throw new Refusal.Invalid(
                    "Trigger '%s' of '%s' doesn't go by the clock, so nothing can be said of it."
                            .formatted(trigger, workflow),
                    List.of());
        }
        refuseUnreadable(cron);
        var clocks = clocks();
        var before = look(days, null, clocks);
        var moved = new TriggerSpec.Cron(cron, 0, kind.timing());
        var changed =
                clocks.stream()
                        .map(each -> each.armed() == armed ? new Ticking(armed, moved) : each)
                        .toList();
        var after = look(days, null, changed);
        return new WhatIf(
                workflow,
                trigger,
                TriggerWords.of(kind),
                TriggerWords.of(moved),
                before.totals().getOrDefault(armed, 0L),
                after.totals().getOrDefault(armed, 0L),
                before.forecast().peak(),
                after.forecast().peak(),
                before.expectation().meetings(workflow),
                after.expectation().meetings(workflow),
                after.forecast());
    }

    private static void refuseUnreadable(String cron) {
        try {
            var never = Cron.parse(cron).neverFires();
            if (never.isPresent()) {
                throw new Refusal.Invalid(
                        "The cron expression can't be used.",
                        List.of(Problem.error("cron-never-fires", "/cron", never.get())));
            }
        } catch (CronException e) {
            var problem = Problem.error("bad-cron", "/cron", String.valueOf(e.getMessage()));
            var hint = e.hint();
            throw new Refusal.Invalid(
                    "The cron expression can't be used.",
                    List.of(hint == null ? problem : problem.hinting(hint)));
        }
    }

    /// A trigger with the words that count for it.
    private record Ticking(Armed armed, Clock kind) {}

    private record Look(Forecast forecast, Expectation expectation, Map<Armed, Long> totals) {}

    private List<Ticking> clocks() {
        var clocks = new ArrayList<Ticking>();
        for (var armed : triggers.all()) {
            if (armed.spec().enabled() && armed.spec().kind() instanceof Clock kind) {
                clocks.add(new Ticking(armed, kind));
            }
        }
        return clocks;
    }

    private Look look(int days, @Nullable String workflow, List<Ticking> clocks) {
        var now = clock.instant();
        var from = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), 1_800) * 1_800);
        var to = now.plus(Duration.ofDays(days));
        var wanted =
                clocks.stream()
                        .filter(
                                each ->
                                        workflow == null
                                                || workflow.equals(each.armed().workflow()))
                        .toList();
        var awake = wanted.stream().filter(each -> !each.armed().paused()).toList();
        var durations =
                store.durations(
                        awake.stream()
                                .map(each -> each.armed().workflow())
                                .distinct()
                                .limit(MOST_WORKFLOWS)
                                .toList(),
                        AMONG,
                        RUNS);
        var expectation = new Expectation(from, to);
        var counted = new Counted(expectation, now, to);
        for (var each : awake) {
            counted.add(each, durations.getOrDefault(each.armed().workflow(), List.of()));
        }
        var lines = counted.lines();
        var paused =
                wanted.stream()
                        .filter(each -> each.armed().paused())
                        .limit(MOST_LINES)
                        .map(each -> each.armed().workflow() + "/" + each.armed().id())
                        .toList();
        var forecast =
                new Forecast(
                        now,
                        to,
                        lines,
                        counted.found.size() - lines.size(),
                        counted.found.stream().mapToLong(Line::total).sum(),
                        expectation.peak(),
                        expectation.halfHours(),
                        expectation.busiest(),
                        expectation.free(),
                        paused,
                        counted.complete);
        return new Look(forecast, expectation, counted.totals);
    }

    /// Adds trigger after trigger, as many as can be counted.
    private final class Counted {
        private final Expectation expectation;
        private final Instant now;
        private final Instant to;
        private final List<Line> found = new ArrayList<>();
        private final Map<Armed, Long> totals = new HashMap<>();
        private boolean complete = true;
        private int left = MOST_IN_ALL;

        Counted(Expectation expectation, Instant now, Instant to) {
            this.expectation = expectation;
            this.now = now;
            this.to = to;
        }

        void add(Ticking each, List<Long> durations) {
            var armed = each.armed();
            var spec = armed.spec();
            var median = median(durations);
            var takes = median == null ? 0 : median;
            var moments = new ArrayList<Moment>();
            var total = new long[1];
            var most = Math.min(MOST_COUNTED, left);
            var seen = new int[1];
            var first = new Instant[1];
            var last = new Instant[] {now};
            UpcomingFires.each(
                    clockFires.schedule(each.kind(), armed.workflow(), armed.id()),
                    spec.startAt(),
                    spec.endAt(),
                    now,
                    occurrence -> {
                        if (!occurrence.nominal().isBefore(to)) {
                            return false;
                        }
                        if (++seen[0] > most) {
                            complete = false;
                            return false;
                        }
                        if (first[0] == null) {
                            first[0] = occurrence.nominal();
                        }
                        last[0] = occurrence.nominal();
                        var start = upcoming.start(armed.workflow(), occurrence);
                        start.ifPresent(at -> expectation.add(armed.workflow(), at, takes));
                        total[0] += start.isPresent() ? 1 : 0;
                        if (moments.size() < MOST_FIRES) {
                            moments.add(upcoming.moment(armed.workflow(), each.kind(), occurrence));
                        }
                        return true;
                    });
            if (seen[0] > most && most > 1) {
                var every = Duration.between(first[0], last[0]).dividedBy(most - 1);
                total[0] += expectation.addOften(armed.workflow(), last[0], to, every);
            }
            left -= Math.min(seen[0], most);
            totals.put(armed, total[0]);
            if (!moments.isEmpty()) {
                found.add(line(each, durations.size(), median, total[0], moments));
            }
        }

        private Line line(
                Ticking each, int runs, @Nullable Long median, long total, List<Moment> moments) {
            var often = total > OFTEN;
            var span = Duration.between(moments.getFirst().nominal(), moments.getLast().nominal());
            return new Line(
                    each.armed().workflow(),
                    each.armed().id(),
                    TriggerWords.of(each.kind()),
                    median,
                    runs,
                    total,
                    often ? Durations.text(span.dividedBy(moments.size() - 1)) : null,
                    moments);
        }

        /// Those with the fewest fires say the most, if not all can be listed.
        List<Line> lines() {
            return found.stream()
                    .sorted(Comparator.comparingLong(Line::total))
                    .limit(MOST_LINES)
                    .sorted(Comparator.comparing(Line::workflow).thenComparing(Line::trigger))
                    .toList();
        }
    }

    private static @Nullable Long median(List<Long> durations) {
        return durations.isEmpty()
                ? null
                : durations.stream().sorted().toList().get(durations.size() / 2);
    }
}

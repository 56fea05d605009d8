package dev.leat.engine.report;

import dev.leat.engine.report.Forecast.HalfHour;
import dev.leat.engine.report.Forecast.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts which runs are expected in which half hour.
final class Expectation {

    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final int BUSIEST = 5;
    private static final int WINDOWS = 5;

    private final Instant from;
    private final int[] starts;
    private final int[] going;
    private final int[] workflows;
    private final Map<String, BitSet> halfHoursOf = new HashMap<>();

    Expectation(Instant from, Instant to) {
        this.from = from;
        int many = Math.toIntExact(-Math.floorDiv(-Duration.between(from, to).toSeconds(), 1_800));
        this.starts = new int[many];
        this.going = new int[many];
        this.workflows = new int[many];
    }

    /// @param takes milliseconds; what isn't known is short
    void add(String workflow, Instant start, long takes) {
        int first = number(start);
        if (first < 0 || first >= starts.length) {
            return;
        }
        int last = Math.min(starts.length - 1, number(start.plusMillis(Math.max(0, takes - 1))));
        starts[first]++;
        var marked = halfHoursOf.computeIfAbsent(workflow, _ -> new BitSet());
        for (int at = first; at <= last; at++) {
            going[at]++;
            if (!marked.get(at)) {
                marked.set(at);
                workflows[at]++;
            }
        }
    }

    private int number(Instant at) {
        return (int) Math.floorDiv(Duration.between(from, at).toSeconds(), HALF_HOUR.toSeconds());
    }

    /// The half hours in which its runs meet those of others.
    int meetings(String workflow) {
        var own = halfHoursOf.getOrDefault(workflow, new BitSet());
        return (int) own.stream().filter(at -> workflows[at] > 1).count();
    }

    int peak() {
        var peak = 0;
        for (int each : going) {
            peak = Math.max(peak, each);
        }
        return peak;
    }

    List<HalfHour> halfHours() {
        var found = new ArrayList<HalfHour>();
        for (int at = 0; at < going.length; at++) {
            if (going[at] > 0) {
                found.add(new HalfHour(start(at), starts[at], going[at], workflows[at]));
            }
        }
        return found;
    }

    List<HalfHour> busiest() {
        return halfHours().stream()
                .sorted(
                        Comparator.comparingInt(HalfHour::going)
                                .thenComparingInt(HalfHour::starts)
                                .reversed()
                                .thenComparing(HalfHour::at))
                .limit(BUSIEST)
                .toList();
    }

    List<Window> free() {
        var windows = new ArrayList<Window>();
        var begun = -1;
        for (int at = 0; at <= going.length; at++) {
            var free = at < going.length && going[at] == 0;
            if (free && begun < 0) {
                begun = at;
            } else if (!free && begun >= 0) {
                windows.add(new Window(start(begun), start(at)));
                begun = -1;
            }
        }
        return windows.stream()
                .sorted(
                        Comparator.comparing(
                                        (Window each) -> Duration.between(each.from(), each.to()))
                                .reversed()
                                .thenComparing(Window::from))
                .limit(WINDOWS)
                .toList();
    }

    private Instant start(int number) {
        return from.plus(HALF_HOUR.multipliedBy(number));
    }
}

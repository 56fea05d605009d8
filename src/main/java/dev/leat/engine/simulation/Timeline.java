package dev.leat.engine.simulation;

import dev.leat.engine.VirtualResult;
import dev.leat.engine.VirtualResult.Moment;
import dev.leat.task.Durations;
import java.util.ArrayList;
import java.util.List;

/// What happened in a run, for people.
final class Timeline {

    private static final int MOST = 200;

    private Timeline() {}

    /// Such as `2s  fetch  RUNNING, attempt 2`.
    static List<String> lines(VirtualResult result) {
        var moments = result.timeline();
        var times = moments.stream().map(moment -> Durations.text(moment.at())).toList();
        var time = times.stream().mapToInt(String::length).max().orElse(0);
        var name = moments.stream().mapToInt(moment -> name(moment).length()).max().orElse(0);
        var lines = new ArrayList<String>();
        for (int index = 0; index < Math.min(MOST, moments.size()); index++) {
            var moment = moments.get(index);
            lines.add(
                    "%s  %s  %s"
                            .formatted(
                                    padded(times.get(index), time),
                                    padded(name(moment), name),
                                    what(moment)));
        }
        if (moments.size() > MOST) {
            lines.add("… and %,d more".formatted(moments.size() - MOST));
        }
        if (result.stuck() != null) {
            lines.add(result.stuck());
        }
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String name(Moment moment) {
        return moment.task() == null ? "(run)" : moment.task();
    }

    private static String what(Moment moment) {
        var line = new StringBuilder(moment.state());
        if (moment.attempt() > 1 && moment.state().equals("RUNNING")) {
            line.append(", attempt ").append(moment.attempt());
        }
        if (moment.reason() != null) {
            line.append(": ").append(moment.reason());
        }
        if (moment.failure() != null && !moment.state().equals("RETRYING")) {
            line.append(moment.reason() == null ? ": " : " (").append(moment.failure());
            line.append(moment.reason() == null ? "" : ")");
        }
        return line.toString();
    }
}

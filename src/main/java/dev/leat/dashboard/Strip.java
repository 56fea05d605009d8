package dev.leat.dashboard;

import dev.leat.store.ListedRun;
import dev.leat.store.WorkflowHistory.Glance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A workflow's last runs as a row of little bars, the newest on the right: how each ended, and
/// how long it took beside the others.
///
/// @param label the same in words
record Strip(String label, int width, List<Bar> bars) {

    /// How many runs a strip has room for.
    static final int LENGTH = 30;

    static final int HEIGHT = 24;
    private static final int STEP = 6;
    private static final int LOWEST = 5;

    record Bar(String css, int x, int y, int height) {}

    /// @param runs newest first
    static Strip of(List<ListedRun> runs) {
        return ofGlances(runs.stream().map(Glance::of).toList());
    }

    /// @param runs newest first
    static Strip ofGlances(List<Glance> runs) {
        var longest = Math.max(1, runs.stream().mapToLong(Strip::millis).max().orElse(1));
        var bars = new ArrayList<Bar>();
        for (int at = 0; at < runs.size(); at++) {
            var run = runs.get(runs.size() - 1 - at);
            var share = Math.sqrt((double) millis(run) / longest);
            var height = LOWEST + (int) Math.round(share * (HEIGHT - LOWEST));
            bars.add(
                    new Bar(
                            "is-" + Mark.of(run.state()).css(),
                            at * STEP,
                            HEIGHT - height,
                            height));
        }
        return new Strip(label(runs), Math.max(1, runs.size()) * STEP, List.copyOf(bars));
    }

    private static long millis(Glance run) {
        var took = Figures.millis(run);
        return took == null ? 0 : took;
    }

    private static String label(List<Glance> runs) {
        if (runs.isEmpty()) {
            return "No runs yet";
        }
        var counts = new LinkedHashMap<String, Integer>();
        runs.forEach(run -> counts.merge(Mark.of(run.state()).word(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().toLowerCase(Locale.ROOT))
                .collect(
                        Collectors.joining(
                                ", ", "Last " + Words.of(runs.size(), "run") + ": ", ""));
    }
}

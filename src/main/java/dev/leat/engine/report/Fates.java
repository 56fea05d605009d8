package dev.leat.engine.report;

import dev.leat.workflow.TaskGraph;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.TriggerRule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which tasks of a graph are skipped for certain, which run where nothing fails, and which depend
/// on what isn't known yet.
final class Fates {

    private enum End {
        SUCCESS,
        FAILURE,
        SKIP
    }

    /// @param ends how those after it may see it end
    /// @param wellEnds the same where nothing fails
    private record Fate(String state, @Nullable String why, Set<End> ends, Set<End> wellEnds) {}

    static final String RUNS = "runs";
    static final String SKIPPED = "skipped";
    static final String DEPENDS = "depends";

    private final TaskGraph graph;
    private final Known known;
    private final Fate[] fates;

    Fates(TaskGraph graph, Known known) {
        this.graph = graph;
        this.known = known;
        this.fates = new Fate[graph.size()];
        for (int number : graph.order()) {
            fates[number] = fate(number);
        }
    }

    String state(int number) {
        return fates[number].state;
    }

    @Nullable String why(int number) {
        return fates[number].why;
    }

    private Fate fate(int number) {
        var task = graph.task(number);
        if (task.disabled()) {
            var success = EnumSet.of(End.SUCCESS);
            return new Fate(SKIPPED, "it is disabled", success, success);
        }
        if (!canStart(number)) {
            return skipped(ruleUnmet(number), false);
        }
        var certain = task.dependsOn().isEmpty() || startsIfWell(number);
        var when = task.when();
        if (when == null) {
            return certain
                    ? running(task, true)
                    : depends(task, "on how " + names(number) + " end");
        }
        var missing = known.missing(when);
        if (!missing.isEmpty()) {
            return depends(task, "'when' is known after " + String.join(", ", missing));
        }
        var met = known.valueOrNull(when);
        if (Boolean.FALSE.equals(met)) {
            return skipped("its condition is false: " + when.source(), !task.dependsOn().isEmpty());
        }
        if (!Boolean.TRUE.equals(met)) {
            return depends(task, "'when' gives neither true nor false: " + when.source());
        }
        return certain ? running(task, true) : depends(task, "on how " + names(number) + " end");
    }

    private static Fate skipped(String why, boolean orFails) {
        var ends = EnumSet.of(End.SKIP);
        var all = orFails ? EnumSet.of(End.SKIP, End.FAILURE) : ends;
        return new Fate(SKIPPED, why, all, ends);
    }

    private static Fate depends(TaskSpec task, String why) {
        var run = running(task, false);
        return new Fate(DEPENDS, why, run.ends, EnumSet.of(End.SUCCESS, End.SKIP));
    }

    private static Fate running(TaskSpec task, boolean certain) {
        var ends = EnumSet.of(End.SUCCESS);
        if (!task.allowFailure() || !task.dependsOn().isEmpty()) {
            ends.add(End.FAILURE);
        }
        if (!certain || !task.dependsOn().isEmpty()) {
            ends.add(End.SKIP);
        }
        return new Fate(RUNS, null, ends, EnumSet.of(End.SUCCESS));
    }

    private boolean canStart(int number) {
        Predicate<Fate> fails = before -> before.ends.contains(End.FAILURE);
        Predicate<Fate> succeeds = before -> before.ends.contains(End.SUCCESS);
        Predicate<Fate> mayPass = before -> !before.ends.equals(EnumSet.of(End.FAILURE));
        if (graph.dependencies(number).length == 0) {
            return true;
        }
        return switch (rule(number)) {
            case ALWAYS, ALL_DONE -> true;
            case ALL_SUCCESS -> all(number, succeeds);
            case ALL_FAILED -> all(number, fails);
            case ONE_SUCCESS -> any(number, succeeds);
            case ONE_FAILED -> any(number, fails);
            case NONE_FAILED -> all(number, mayPass);
            case NONE_FAILED_MIN_ONE_SUCCESS -> all(number, mayPass) && any(number, succeeds);
        };
    }

    /// Whether it starts for certain where nothing fails.
    private boolean startsIfWell(int number) {
        Predicate<Fate> succeeds = before -> before.wellEnds.equals(EnumSet.of(End.SUCCESS));
        return switch (rule(number)) {
            case ALWAYS, ALL_DONE, NONE_FAILED -> true;
            case ALL_SUCCESS -> all(number, succeeds);
            case ONE_SUCCESS, NONE_FAILED_MIN_ONE_SUCCESS -> any(number, succeeds);
            case ALL_FAILED, ONE_FAILED -> false;
        };
    }

    private TriggerRule rule(int number) {
        return graph.task(number).triggerRule();
    }

    private boolean all(int number, Predicate<Fate> test) {
        return Arrays.stream(graph.dependencies(number)).allMatch(at -> test.test(fates[at]));
    }

    private boolean any(int number, Predicate<Fate> test) {
        return Arrays.stream(graph.dependencies(number)).anyMatch(at -> test.test(fates[at]));
    }

    private String ruleUnmet(int number) {
        var skipped =
                Arrays.stream(graph.dependencies(number))
                        .filter(before -> fates[before].state.equals(SKIPPED))
                        .mapToObj(before -> graph.task(before).id())
                        .collect(Collectors.joining(", "));
        return "its rule '%s' can't be met after %s, which would be skipped"
                .formatted(rule(number).name().toLowerCase(Locale.ROOT), skipped);
    }

    private String names(int number) {
        return String.join(", ", graph.task(number).dependsOn());
    }
}

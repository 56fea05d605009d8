package dev.leat.engine.simulation;

import dev.leat.engine.VirtualResult;
import dev.leat.engine.VirtualResult.TaskResult;
import dev.leat.store.RunState;
import dev.leat.task.Durations;
import dev.leat.workflow.TestCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds what came of a run against what its test expects.
final class Expectations {

    private final TestCase test;
    private final String pointer;
    private final Comparison comparison = new Comparison();

    Expectations(TestCase test) {
        this.test = test;
        this.pointer = test.pointer() + "/expect";
    }

    List<Difference> differences(VirtualResult result, EventLog events) {
        events.addTo(comparison);
        state(result);
        test.expect().forEach((key, wanted) -> check(key, wanted, result));
        return comparison.differences();
    }

    /// The inputs weren't taken, so that there was no run.
    List<Difference> differencesOfRefusal(String sentence) {
        test.expect()
                .forEach(
                        (key, wanted) -> {
                            var at = pointer + "/" + key;
                            switch (key) {
                                case "state" -> {
                                    if (!"REFUSED".equals(wanted)) {
                                        comparison.add(refused(at, wanted, sentence));
                                    }
                                }
                                case "error" -> error(at, wanted, "inputs", null, sentence);
                                default -> comparison.add(refused(at, wanted, sentence));
                            }
                        });
        return comparison.differences();
    }

    private static Difference refused(String at, @Nullable Object wanted, String sentence) {
        return Difference.of(at, "There was no run. " + sentence, wanted, "REFUSED");
    }

    private void state(VirtualResult result) {
        var wanted = test.expect().get("state");
        var stuck = result.stuck();
        if (wanted == null && stuck != null) {
            comparison.add(Difference.saying(pointer, "The run doesn't end: " + stuck));
        } else if (wanted != null && !wanted.equals(result.state().name())) {
            var error = result.error();
            var why = stuck == null ? error == null ? "" : error.message() : stuck;
            var sentence = "The run's state is another" + (why.isEmpty() ? "" : ": " + why);
            comparison.add(
                    Difference.of(pointer + "/state", sentence, wanted, result.state().name()));
        }
    }

    private void check(String key, @Nullable Object wanted, VirtualResult result) {
        var at = pointer + "/" + key;
        switch (key) {
            case "outputs" -> comparison.value(at, "outputs", wanted, result.outputs());
            case "error" -> {
                var error = result.error();
                if (error == null) {
                    comparison.add(Difference.of(at, "The run has no error", wanted, null));
                } else {
                    error(at, wanted, error.code(), error.task(), error.message());
                }
            }
            case "duration" -> comparison.time(at, "The run's duration", wanted, result.took());
            case "order" -> order(at, list(wanted), result);
            case "tasks" ->
                    object(wanted)
                            .forEach(
                                    (id, task) ->
                                            task(
                                                    at
                                                            + "/"
                                                            + Comparison.escaped(
                                                                    String.valueOf(id)),
                                                    String.valueOf(id),
                                                    object(task),
                                                    result));
            default -> {}
        }
    }

    private void error(
            String at,
            @Nullable Object wanted,
            String code,
            @Nullable String task,
            String message) {
        if (wanted instanceof Map<?, ?> map) {
            map.forEach(
                    (key, value) -> {
                        var actual =
                                key.equals("code") ? code : key.equals("task") ? task : message;
                        comparison.text(at + "/" + key, "The error's " + key, value, actual);
                    });
        }
    }

    private void order(String at, List<?> wanted, VirtualResult result) {
        var started = new ArrayList<String>();
        for (var moment : result.timeline()) {
            if (moment.starts() && !started.contains(moment.task())) {
                started.add(moment.task());
            }
        }
        var from = -1;
        for (int index = 0; index < wanted.size(); index++) {
            var task = String.valueOf(wanted.get(index));
            var found = started.indexOf(task);
            if (found <= from) {
                var sentence =
                        found < 0
                                ? "'%s' never starts".formatted(task)
                                : "'%s' starts before '%s'".formatted(task, wanted.get(index - 1));
                comparison.add(Difference.of(at + "/" + index, sentence, wanted, started));
                return;
            }
            from = found;
        }
    }

    private void task(String at, String id, Map<?, ?> wanted, VirtualResult result) {
        var task = result.tasks().get(id);
        if (task == null) {
            if (!"PENDING".equals(wanted.get("state")) || wanted.size() > 1) {
                comparison.add(
                        Difference.of(
                                at,
                                "'%s' never had its turn".formatted(id),
                                wanted,
                                Map.of("state", "PENDING")));
            }
            return;
        }
        wanted.forEach((key, value) -> task(at + "/" + key, id, String.valueOf(key), value, task));
    }

    private void task(String at, String id, String key, @Nullable Object wanted, TaskResult task) {
        var what = "tasks.%s.%s".formatted(id, key);
        switch (key) {
            case "state" -> taskState(at, id, wanted, task);
            case "attempts" -> comparison.value(at, what, wanted, (long) task.attempts());
            case "output" -> comparison.value(at, what, wanted, task.output());
            case "with" -> comparison.value(at, what, wanted, task.with());
            case "reason" -> comparison.text(at, what, wanted, task.reason());
            case "waits" -> waits(at, what, list(wanted), task.waits());
            case "began" -> comparison.time(at, what, wanted, task.began());
            case "ended" -> comparison.time(at, what, wanted, task.ended());
            case "error" -> {
                var error = task.error();
                if (error == null) {
                    comparison.add(Difference.of(at, what + " isn't there", wanted, null));
                } else {
                    error(at, wanted, error.code(), id, error.message());
                }
            }
            default -> {}
        }
    }

    private void taskState(String at, String id, @Nullable Object wanted, TaskResult task) {
        if (!task.state().name().equals(wanted)) {
            var error = task.error();
            var reason = task.reason();
            var why =
                    error != null
                            ? ": " + error.code() + ": " + error.message()
                            : reason != null ? ": " + reason : "";
            var sentence = "The state of '%s' is another%s".formatted(id, why);
            comparison.add(Difference.of(at, sentence, wanted, task.state().name()));
        }
    }

    private void waits(String at, String what, List<?> wanted, List<Duration> actual) {
        if (wanted.size() != actual.size()) {
            var sentence = "%s: there are %d, not %d".formatted(what, actual.size(), wanted.size());
            var shown = actual.stream().map(Durations::text).toList();
            comparison.add(Difference.of(at, sentence, wanted, shown));
            return;
        }
        for (int index = 0; index < wanted.size(); index++) {
            comparison.time(
                    at + "/" + index,
                    what + "[" + index + "]",
                    wanted.get(index),
                    actual.get(index));
        }
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /// What the result of a test calls the run's state.
    static String word(@Nullable RunState state) {
        return state == null ? "REFUSED" : state.name();
    }
}

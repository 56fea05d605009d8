package dev.leat.fault;

import dev.leat.fault.Ledger.Line;
import dev.leat.fault.Ledger.What;
import dev.leat.fault.Stored.RunRow;
import dev.leat.fault.Stored.Step;
import dev.leat.fault.Stored.TaskRow;
import dev.leat.store.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The part of an audit that looks at one run.
final class RunAudit {

    /// How long a program may take to write its first line after it was started.
    private static final long TO_COME_TO_LIFE = Duration.ofSeconds(3).toNanos();
    private static final int MOST_LOSSES = 5;

    private final RunRow run;
    private final Outline outline;
    private final List<Line> lines;
    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    RunAudit(RunRow run, Outline outline, List<Line> lines, Evidence evidence) {
        this.run = run;
        this.outline = outline;
        this.lines = lines;
        this.evidence = evidence;
    }

    List<Violation> violations() {
        end();
        history();
        for (var task : outline.tasks().values()) {
            attempts(task);
            dependencies(task);
            if (task.noted()) {
                result(task);
            }
        }
        handedOn();
        nothingAfterTheEnd();
        cancellation();
        logs();
        shown();
        return violations;
    }

    /// A1: it has ended as a run of its shape may.
    private void end() {
        if (!run.ended()) {
            violation("A1", "it is still " + run.state());
            return;
        }
        var shape = Shape.of(run.workflow());
        if (shape == null || shape.ends().contains(run.state())) {
            return;
        }
        var lostTooOften =
                run.tasks().values().stream().anyMatch(task -> task.lost() >= MOST_LOSSES);
        if (!(run.state().equals("FAILED") && lostTooOften)) {
            violation(
                    "A1",
                    "it ended %s, and should be one of %s: %s"
                            .formatted(run.state(), shape.ends(), run.error()));
        }
    }

    /// A8: the history is without a gap, and its last word is what the tables say.
    private void history() {
        long seq = 0;
        var last = new TreeMap<String, Step>();
        for (var step : run.history()) {
            if (step.seq() != ++seq) {
                violation("A8", "its history has " + step.seq() + " where " + seq + " should be");
                return;
            }
            if (!step.state().equals("CANCEL_REQUESTED")) {
                last.put(step.task() == null ? "" : step.task(), step);
            }
        }
        var ofRun = last.remove("");
        if (ofRun == null || !ofRun.state().equals(run.state())) {
            violation("A8", "it is " + run.state() + ", and its history says " + ofRun);
        }
        run.tasks()
                .forEach(
                        (id, row) -> {
                            var step = last.remove(id);
                            if (step == null
                                    || !step.state().equals(row.state())
                                    || step.attempt() != row.attempt()) {
                                violation(
                                        "A8", id + " is " + row + ", and its history says " + step);
                            }
                        });
        if (!last.isEmpty()) {
            violation("A8", "its history has tasks without a row: " + last.keySet());
        }
        if (run.ended() != (run.finishedAt() > 0)) {
            violation("A8", "it is " + run.state() + ", and its end is " + run.finishedAt());
        }
    }

    /// A3: attempts are numbered from 1 in turn, begin once, begin only after that is on disk, and
    // nothing happens to a task
    /// that has ended.
    private void attempts(Outline.Task task) {
        int attempt = 0;
        boolean running = false;
        boolean ended = false;
        for (var step : run.historyOf(task.id())) {
            if (ended) {
                violation("A3", "%s had ended, and then: %s".formatted(task.id(), step));
            }
            if (step.state().equals("RUNNING")) {
                if (running || step.attempt() != attempt + 1) {
                    violation(
                            "A3",
                            "%s after attempt %d%s: %s"
                                    .formatted(
                                            task.id(),
                                            attempt,
                                            running ? ", which still ran" : "",
                                            step));
                }
                attempt = step.attempt();
            }
            running = step.state().equals("RUNNING");
            ended = Stored.TASK_ENDS.contains(step.state());
        }
        if (!task.notedByAttempt()) {
            return;
        }
        var byAttempt =
                ofTask(task.id())
                        .collect(
                                Collectors.groupingBy(
                                        Line::attempt, TreeMap::new, Collectors.toList()));
        long quietSince = Long.MIN_VALUE;
        for (var entry : byAttempt.entrySet()) {
            var number = entry.getKey();
            var begins =
                    entry.getValue().stream().filter(line -> line.what() == What.START).toList();
            if (begins.size() != 1) {
                violation(
                        "A3",
                        "attempt %d of %s began %d times: %s"
                                .formatted(number, task.id(), begins.size(), entry.getValue()));
            }
            if (number > attempt) {
                violation(
                        "A3",
                        "attempt %d of %s began, and isn't in the history"
                                .formatted(number, task.id()));
            }
            var first = entry.getValue().stream().mapToLong(Line::monotonic).min().orElse(0);
            if (evidence.oneNode() && first < quietSince) {
                violation(
                        "A3",
                        "attempt %d of %s began while the one before ran: %s"
                                .formatted(number, task.id(), byAttempt));
            }
            quietSince = entry.getValue().stream().mapToLong(Line::monotonic).max().orElse(0);
        }
        fences(task, byAttempt);
        if (!task.retrySafe() && byAttempt.size() > 1) {
            violation(
                    "A3", "%s must not be run twice, and was: %s".formatted(task.id(), byAttempt));
        }
    }

    private void fences(Outline.Task task, Map<Integer, List<Line>> byAttempt) {
        long fence = 0;
        for (var ofAttempt : byAttempt.values()) {
            for (var line : ofAttempt) {
                if (line.fence() < fence) {
                    violation(
                            "A3",
                            "%s: a later attempt has a smaller fence: %s"
                                    .formatted(task.id(), byAttempt));
                    return;
                }
                fence = line.fence();
            }
        }
    }

    /// A2: who is said to have succeeded did, in the attempt that is said, and its output is what
    // is stored.
    private void result(Outline.Task task) {
        var row = run.tasks().get(task.id());
        if (row == null || !row.state().equals("SUCCESS")) {
            return;
        }
        var nonce = nonce(row);
        if (nonce == null) {
            violation("A2", task.id() + " succeeded, and its output is " + row.output());
            return;
        }
        var ended =
                ofTask(task.id())
                        .anyMatch(
                                line ->
                                        line.what() == What.END
                                                && line.nonce().equals(nonce)
                                                && (line.attempt() == row.attempt()
                                                        || !task.notedByAttempt()));
        if (!ended) {
            violation(
                    "A2",
                    "%s succeeded in attempt %d with the output %s, and the ledger has %s"
                            .formatted(
                                    task.id(),
                                    row.attempt(),
                                    row.output(),
                                    ofTask(task.id()).toList()));
        }
    }

    /// A2: what later tasks were given is what is stored.
    private void handedOn() {
        for (var row : run.tasks().values()) {
            if (row.output() != null && Json.read(row.output()) instanceof Map<?, ?> output) {
                var values = output.get("result") instanceof Map<?, ?> result ? result : output;
                if (values.get("from") instanceof String from
                        && run.tasks().get(from) instanceof TaskRow giver
                        && !String.valueOf(values.get("nonceOf")).equals(nonce(giver))) {
                    violation(
                            "A2",
                            "%s was given %s, and %s has %s"
                                    .formatted(
                                            row.task(), values.get("nonceOf"), from, nonce(giver)));
                }
            }
        }
    }

    private static @Nullable String nonce(TaskRow row) {
        if (row.output() == null || !(Json.read(row.output()) instanceof Map<?, ?> output)) {
            return null;
        }
        for (var within : List.of("result", "body")) {
            if (output.get(within) instanceof Map<?, ?> map) {
                return String.valueOf(map.get("nonce"));
            }
        }
        return String.valueOf(output.get("nonce"));
    }

    /// A4: nothing begins before what it depends on has ended, on disk and outside.
    private void dependencies(Outline.Task task) {
        var begins =
                run.historyOf(task.id()).stream()
                        .filter(step -> step.state().equals("RUNNING"))
                        .findFirst();
        if (begins.isEmpty()) {
            return;
        }
        for (var dependency : task.dependsOn()) {
            var ended =
                    run.historyOf(dependency).stream()
                            .filter(step -> Stored.TASK_ENDS.contains(step.state()))
                            .findFirst();
            if (ended.isEmpty() || ended.get().seq() > begins.get().seq()) {
                violation(
                        "A4",
                        "%s began at %s, and %s ended at %s"
                                .formatted(task.id(), begins.get(), dependency, ended));
            }
            var row = run.tasks().get(dependency);
            var last =
                    ofTask(dependency)
                            .filter(line -> line.what() == What.END)
                            .filter(
                                    line ->
                                            row != null
                                                    && (line.attempt() == row.attempt()
                                                            || line.attempt() == 0))
                            .mapToLong(Line::monotonic)
                            .min();
            var first =
                    ofTask(task.id())
                            .filter(line -> line.what() == What.START)
                            .mapToLong(Line::monotonic)
                            .min();
            if (last.isPresent() && first.isPresent() && first.getAsLong() < last.getAsLong()) {
                violation(
                        "A4",
                        "%s began before %s had ended: %s".formatted(task.id(), dependency, lines));
            }
        }
    }

    /// A4: nothing begins once the run has ended.
    private void nothingAfterTheEnd() {
        var end =
                run.history().stream()
                        .filter(
                                step ->
                                        step.task() == null
                                                && Stored.RUN_ENDS.contains(step.state()))
                        .findFirst();
        if (end.isEmpty()) {
            return;
        }
        run.history().stream()
                .filter(step -> step.seq() > end.get().seq())
                .forEach(
                        step ->
                                violation(
                                        "A4",
                                        "it had ended with " + end.get() + ", and then: " + step));
        lines.stream()
                .filter(line -> line.what() == What.START && line.wall() > run.finishedAt())
                .forEach(
                        line ->
                                violation(
                                        "A4",
                                        "it had ended at "
                                                + run.finishedAt()
                                                + ", and then began: "
                                                + line));
    }

    /// A5: a run that was told to be cancelled is, and begins nothing more but `finally`.
    private void cancellation() {
        var answeredAt = evidence.cancelled().get(run.id());
        if (answeredAt == null) {
            return;
        }
        if (!run.state().equals("CANCELLED")) {
            violation("A5", "its cancellation was confirmed, and it ended " + run.state());
        }
        lines.stream()
                .filter(line -> line.what() == What.START)
                .filter(line -> line.monotonic() > answeredAt + TO_COME_TO_LIFE)
                .filter(
                        line ->
                                outline.tasks().get(line.task()) instanceof Outline.Task task
                                        && task.section().equals("tasks"))
                .forEach(
                        line ->
                                violation(
                                        "A5",
                                        "its cancellation was confirmed at "
                                                + answeredAt
                                                + ", and then began: "
                                                + line));
    }

    /// A7: lines of a run are numbered upwards, and each attempt's are the first it wrote, all of
    // them where it succeeded.
    private void logs() {
        var logged = evidence.logs().get(run.id());
        if (logged == null) {
            return;
        }
        long number = 0;
        for (var line : logged) {
            if (line.number() <= number) {
                violation(
                        "A7",
                        "line %d of the log follows line %d".formatted(line.number(), number));
            }
            number = line.number();
        }
        var byAttempt =
                logged.stream()
                        .filter(line -> line.text().matches("note [0-9]+ of [0-9]+"))
                        .collect(Collectors.groupingBy(line -> line.task() + " " + line.attempt()));
        byAttempt.forEach(
                (attempt, written) -> {
                    for (int at = 0; at < written.size(); at++) {
                        if (!written.get(at).text().startsWith("note " + (at + 1) + " ")) {
                            violation(
                                    "A7",
                                    "the log of attempt %s isn't the beginning of what it wrote: %s"
                                            .formatted(attempt, written));
                            return;
                        }
                    }
                });
        for (var task : outline.tasks().values()) {
            var row = run.tasks().get(task.id());
            if (task.notedByAttempt() && row != null && row.state().equals("SUCCESS")) {
                var written = byAttempt.getOrDefault(task.id() + " " + row.attempt(), List.of());
                if (written.isEmpty() || !written.getLast().text().endsWith(" " + written.size())) {
                    violation(
                            "A7",
                            "%s succeeded in attempt %d, and its log has %s"
                                    .formatted(task.id(), row.attempt(), written));
                }
            }
        }
    }

    /// A8: the API says what the tables say.
    private void shown() {
        var shown = evidence.shown().get(run.id());
        if (shown == null) {
            violation("A8", "the API doesn't know it");
            return;
        }
        if (!shown.state().equals(run.state())) {
            violation("A8", "the API says " + shown.state() + ", and the tables " + run.state());
        }
        for (var task : outline.tasks().keySet()) {
            var row = run.tasks().get(task);
            var state = row == null ? "PENDING" : row.state();
            var said = shown.tasks().get(task);
            if (!shown.tasks().isEmpty() && !state.equals(said)) {
                violation(
                        "A8",
                        "the API says that %s is %s, and the tables %s"
                                .formatted(task, said, state));
            }
        }
    }

    private java.util.stream.Stream<Line> ofTask(String task) {
        return lines.stream().filter(line -> line.task().equals(task));
    }

    private void violation(String rule, String facts) {
        violations.add(new Violation(rule, run.id(), facts));
    }
}

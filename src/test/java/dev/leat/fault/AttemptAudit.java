package dev.leat.fault;

import dev.leat.fault.Ledger.Line;
import dev.leat.fault.Ledger.What;
import dev.leat.fault.Stored.RunRow;
import dev.leat.fault.Stored.TaskRow;
import dev.leat.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The part of an audit that looks at the attempts of one run: when they ran, what came of them,
/// and what they wrote.
final class AttemptAudit {

    private final RunRow run;
    private final Outline outline;
    private final List<Line> lines;
    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    AttemptAudit(RunRow run, Outline outline, List<Line> lines, Evidence evidence) {
        this.run = run;
        this.outline = outline;
        this.lines = lines;
        this.evidence = evidence;
    }

    List<Violation> violations() {
        for (var task : outline.withItems(run.tasks().keySet())) {
            if (!task.each()) {
                attempts(task);
            }
            if (task.noted()) {
                result(task);
            }
        }
        handedOn();
        logs();
        return violations;
    }

    /// A3: attempts are numbered from 1 in turn, begin once, begin only after that is on disk, and
    /// nothing happens to a task that has ended.
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
        long fenceBefore = Long.MIN_VALUE;
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
            var fence = entry.getValue().getFirst().fence();
            if (first < quietSince && (evidence.oneAttempt() || fence <= fenceBefore)) {
                violation(
                        "A3",
                        "attempt %d of %s began while the one before ran: %s"
                                .formatted(number, task.id(), byAttempt));
            }
            quietSince = entry.getValue().stream().mapToLong(Line::monotonic).max().orElse(0);
            fenceBefore = fence;
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
    /// is stored.
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

    /// A7: lines of a run are numbered upwards, and each attempt's are the first it wrote, all of
    /// them where it succeeded.
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
        for (var task : outline.withItems(run.tasks().keySet())) {
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

    private Stream<Line> ofTask(String task) {
        return lines.stream().filter(line -> line.task().equals(task));
    }

    private void violation(String rule, String facts) {
        violations.add(new Violation(rule, run.id(), facts));
    }
}

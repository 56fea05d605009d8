package dev.leat.fault;

import dev.leat.fault.Ledger.Line;
import dev.leat.fault.Ledger.What;
import dev.leat.fault.Stored.RunRow;
import dev.leat.fault.Stored.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The part of an audit that looks at one run: how it went, in which order, and what is shown of
/// it.
final class RunAudit {

    /// How long a program may take to write its first line after it was started.
    private static final long TO_COME_TO_LIFE = Duration.ofSeconds(3).toNanos();

    /// A node that is held up hears of a cancellation when it goes on, or loses the run.
    private static final long TO_HEAR_OF_IT = Duration.ofSeconds(15).toNanos();

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
        outline.withItems(run.tasks().keySet()).forEach(this::dependencies);
        nothingAfterTheEnd();
        cancellation();
        shown();
        return violations;
    }

    /// A1: it has ended as a run of its workflow may.
    private void end() {
        if (!run.ended()) {
            violation("A1", "it is still " + run.state());
            return;
        }
        var ends = evidence.ends().getOrDefault(run.workflow(), Set.of());
        if (ends.contains(run.state())) {
            return;
        }
        if (!(run.state().equals("FAILED") && wasLostTooOften(run))) {
            violation(
                    "A1",
                    "it ended %s, and should be one of %s: %s"
                            .formatted(run.state(), ends, run.error()));
        }
    }

    /// A task of the run, or of one that it started and waited for.
    private boolean wasLostTooOften(RunRow run) {
        return run.tasks().values().stream().anyMatch(task -> task.lost() >= MOST_LOSSES)
                || evidence.stored().runs().values().stream()
                        .filter(child -> child.parent().startsWith(run.id() + " "))
                        .anyMatch(
                                child -> child.state().equals("FAILED") && wasLostTooOften(child));
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
        // What a node leaves behind that was killed may live on beside another node.
        lines.stream()
                .filter(line -> line.what() == What.START || evidence.oneAttempt())
                .filter(line -> line.attempt() > 0 && line.wall() > run.finishedAt())
                .findFirst()
                .ifPresent(
                        line ->
                                violation(
                                        "A4",
                                        "it had ended at %d, and then: %s"
                                                .formatted(run.finishedAt(), line)));
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
        var patience = TO_COME_TO_LIFE + (evidence.oneAttempt() ? 0 : TO_HEAR_OF_IT);
        lines.stream()
                .filter(line -> line.what() == What.START)
                .filter(line -> line.monotonic() > answeredAt + patience)
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

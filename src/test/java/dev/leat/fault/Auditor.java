package dev.leat.fault;

import dev.leat.fault.Ledger.What;
import dev.leat.fault.Stored.RunRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds what clients were told, what attempts did, and what is stored against each other. Knows
/// nothing of how Leat works.
final class Auditor {

    private final Evidence evidence;
    private final Map<String, List<Ledger.Line>> linesByRun;
    private final Map<String, Outline> outlines = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    private Auditor(Evidence evidence) {
        this.evidence = evidence;
        this.linesByRun =
                evidence.ledger().stream().collect(Collectors.groupingBy(Ledger.Line::run));
    }

    static List<Violation> audit(Evidence evidence) {
        return new Auditor(evidence).audit();
    }

    private List<Violation> audit() {
        evidence.unexpected().forEach(what -> violation("A0", "", what));
        acknowledged();
        keys();
        unasked();
        linesByRun.keySet().stream()
                .filter(run -> !evidence.stored().runs().containsKey(run))
                .forEach(run -> violation("A1", run, "its tasks ran, and it isn't stored"));
        for (var run : evidence.stored().runs().values()) {
            var outline = outlines.computeIfAbsent(run.definition(), Outline::of);
            var lines = linesByRun.getOrDefault(run.id(), List.of());
            violations.addAll(new RunAudit(run, outline, lines, evidence).violations());
            violations.addAll(new AttemptAudit(run, outline, lines, evidence).violations());
            violations.addAll(new ConstructAudit(run, outline, children(run.id())).violations());
        }
        counts();
        limits();
        orphans();
        evidence.survivors()
                .forEach(
                        process -> violation("A5", "", "a process of a task survives: " + process));
        return List.copyOf(violations);
    }

    /// A1: what was accepted is there and ends.
    private void acknowledged() {
        for (var accepted : evidence.accepted().entrySet()) {
            var run = evidence.stored().runs().get(accepted.getKey());
            if (run == null) {
                violation("A1", accepted.getKey(), "it was accepted and isn't stored");
            } else if (!run.workflow().equals(accepted.getValue())) {
                violation(
                        "A1",
                        run.id(),
                        "it was accepted as "
                                + accepted.getValue()
                                + " and is of "
                                + run.workflow());
            }
        }
    }

    /// A1: an idempotency key has one run, whatever became of the answers.
    private void keys() {
        for (var key : evidence.runsOfKeys().entrySet()) {
            if (key.getValue().size() > 1) {
                violation(
                        "A1",
                        "",
                        "the key " + key.getKey() + " was answered with " + key.getValue());
            }
        }
        var stored = new HashMap<String, Set<String>>();
        for (var run : evidence.stored().runs().values()) {
            if (!run.key().isEmpty()) {
                stored.computeIfAbsent(run.key(), _ -> new TreeSet<>()).add(run.id());
            }
        }
        stored.forEach(
                (key, runs) -> {
                    if (runs.size() > 1) {
                        violation("A1", "", "the key " + key + " has the runs " + runs);
                    }
                });
    }

    /// A1: no run that nobody asked for. A start that wasn't answered may have made one.
    private void unasked() {
        var unasked = new HashMap<String, Set<String>>();
        for (var run : evidence.stored().runs().values()) {
            if (run.key().isEmpty()
                    && run.parent().isEmpty()
                    && !evidence.accepted().containsKey(run.id())) {
                unasked.computeIfAbsent(run.workflow(), _ -> new HashSet<>()).add(run.id());
            }
        }
        unasked.forEach(
                (workflow, runs) -> {
                    int open = evidence.unanswered().getOrDefault(workflow, 0);
                    if (runs.size() > open) {
                        violation(
                                "A1",
                                "",
                                "%d starts of %s weren't answered, and there are %d runs that nobody was told of: %s"
                                        .formatted(open, workflow, runs.size(), runs));
                    }
                });
    }

    /// A8: what is counted is what is there. Runs of an audit are younger than a day.
    private void counts() {
        var stored = new TreeMap<String, Long>();
        evidence.stored().runs().values().forEach(run -> stored.merge(run.state(), 1L, Long::sum));
        var counted = new TreeMap<>(evidence.counted());
        counted.values().removeIf(count -> count == 0);
        if (!counted.equals(stored)) {
            violation("A8", "", "the API counts " + counted + ", and the tables have " + stored);
        }
    }

    private List<RunRow> children(String run) {
        return evidence.stored().runs().values().stream()
                .filter(each -> each.parent().startsWith(run + " "))
                .toList();
    }

    /// A10: a workflow's limit holds at each moment.
    private void limits() {
        var byWorkflow =
                evidence.stored().runs().values().stream()
                        .collect(Collectors.groupingBy(RunRow::workflow));
        byWorkflow.forEach(
                (workflow, runs) -> {
                    int limit =
                            runs.stream()
                                    .mapToInt(
                                            run ->
                                                    outlines.computeIfAbsent(
                                                                    run.definition(), Outline::of)
                                                            .limit())
                                    .max()
                                    .orElse(0);
                    if (limit > 0) {
                        limit(workflow, runs, limit);
                    }
                });
    }

    /// A11: who was started by a task is of a run that has it.
    private void orphans() {
        for (var run : evidence.stored().runs().values()) {
            if (!run.parent().isEmpty()) {
                var parent = run.parent().split(" ");
                var starter = evidence.stored().runs().get(parent[0]);
                if (starter == null || !starter.tasks().containsKey(parent[1])) {
                    violation("A11", run.id(), "nothing is stored of " + run.parent());
                }
            }
        }
    }

    private record Edge(long at, int change, String run) {}

    private void limit(String workflow, List<RunRow> runs, int limit) {
        var edges = new ArrayList<Edge>();
        for (var run : runs) {
            var began = firstAt(run, Set.of("RUNNING"));
            var ended = firstAt(run, Stored.RUN_ENDS);
            if (began != null && ended != null) {
                edges.add(new Edge(began, 1, run.id()));
                edges.add(new Edge(ended, -1, run.id()));
            }
        }
        edges.sort(java.util.Comparator.comparingLong(Edge::at).thenComparingInt(Edge::change));
        var running = new TreeSet<String>();
        for (var edge : edges) {
            if (edge.change > 0) {
                running.add(edge.run);
            } else {
                running.remove(edge.run);
            }
            if (running.size() > limit) {
                violation(
                        "A10",
                        edge.run,
                        "%d runs of %s at once, the limit is %d: %s"
                                .formatted(running.size(), workflow, limit, running));
                return;
            }
        }
    }

    private static @Nullable Long firstAt(RunRow run, Set<String> states) {
        return run.history().stream()
                .filter(step -> step.task() == null && states.contains(step.state()))
                .map(Stored.Step::at)
                .findFirst()
                .orElse(null);
    }

    private void violation(String rule, String run, String facts) {
        violations.add(new Violation(rule, run, facts));
    }

    /// For reports: attempts that began, as the ledger knows.
    static long begun(List<Ledger.Line> ledger) {
        return ledger.stream().filter(line -> line.what() == What.START).count();
    }
}

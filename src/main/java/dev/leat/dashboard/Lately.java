package dev.leat.dashboard;

import dev.leat.store.ListedRun;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.RunStore.Filter;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowHistory;
import dev.leat.store.WorkflowHistory.Glance;
import dev.leat.store.WorkflowStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the last runs tell: which workflows matter now, and how long runs wait to start.
@ApplicationScoped
class Lately {

    private static final int LOOKED_AT = 200;
    private static final int FAILURES_LOOKED_AT = 100;
    private static final int SHOWN = 12;
    private static final int OF_A_HUNDRED = 95;
    private static final Duration DAY = Duration.ofHours(24);

    private final RunStore runs;
    private final WorkflowStore workflows;
    private final WorkflowHistory history;

    Lately(RunStore runs, WorkflowStore workflows, WorkflowHistory history) {
        this.runs = runs;
        this.workflows = workflows;
        this.history = history;
    }

    /// The latest runs, newest first.
    List<ListedRun> runs() {
        return runs.latest(Filter.ANY, Long.MAX_VALUE, LOOKED_AT);
    }

    /// @param rows those that fail first, then those that have run last, then any
    /// @param known how many workflows there are
    record Workflows(List<Row> rows, int known) {}

    /// A workflow with its last runs.
    record Row(String id, String name, Strip strip, Figures figures) {

        static Row of(WorkflowHead head, List<Glance> latest) {
            return new Row(
                    head.id,
                    head.name.isEmpty() ? head.id : head.name,
                    Strip.ofGlances(latest),
                    Figures.of(latest));
        }

        private Instant last() {
            return figures.lastAt() == null ? Instant.EPOCH : figures.lastAt();
        }
    }

    Workflows workflows(List<ListedRun> latest) {
        var known =
                workflows.current().stream()
                        .collect(
                                Collectors.toMap(
                                        head -> head.id,
                                        Function.identity(),
                                        (one, _) -> one,
                                        LinkedHashMap::new));
        var failed = new Filter(null, RunState.FAILED, null, null, null);
        var failures = runs.latest(failed, Long.MAX_VALUE, FAILURES_LOOKED_AT);
        // Who has failed and who has run lately, each as far as there is room, and then any.
        var candidates =
                Stream.of(ids(failures), ids(latest), known.keySet().stream().limit(SHOWN))
                        .flatMap(Function.identity())
                        .distinct()
                        .flatMap(id -> Stream.ofNullable(known.get(id)))
                        .limit(3L * SHOWN)
                        .toList();
        return new Workflows(shown(candidates), known.size());
    }

    private static Stream<String> ids(List<ListedRun> runs) {
        return runs.stream().map(run -> run.workflow).distinct().limit(SHOWN);
    }

    private List<Row> shown(List<WorkflowHead> candidates) {
        var latest =
                history.latest(candidates.stream().map(head -> head.id).toList(), Strip.LENGTH);
        return candidates.stream()
                .map(head -> Row.of(head, latest.getOrDefault(head.id, List.of())))
                .sorted(
                        Comparator.comparing((Row row) -> !row.figures().failing())
                                .thenComparing(Row::last, Comparator.reverseOrder()))
                .limit(SHOWN)
                .toList();
    }

    /// How long 95 of 100 of these runs have waited at most between their start being asked for
    /// and their first step, as far as they are of the last 24 hours; empty where none has started.
    String startDelay(List<ListedRun> latest, Instant now) {
        var since = now.minus(DAY).toEpochMilli() * 1_000;
        var delays =
                latest.stream()
                        .filter(run -> run.startedAt != null && run.createdAt >= since)
                        .map(run -> Math.max(0, run.startedAt - run.createdAt))
                        .sorted()
                        .toList();
        if (delays.isEmpty()) {
            return "";
        }
        var at = Math.max(0, (delays.size() * OF_A_HUNDRED + 99) / 100 - 1);
        return Words.took(delays.get(at) / 1_000);
    }
}

package dev.leat.engine.report;

import dev.leat.engine.report.PinnedWorkflows.PlannedTask;
import dev.leat.store.Ids;
import dev.leat.store.ListedRun;
import dev.leat.store.Run;
import dev.leat.store.RunHistory;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.TaskRun;
import dev.leat.store.TaskState;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells what is known of a run.
@ApplicationScoped
public class RunReports {

    private static final Logger LOG = Logger.getLogger(RunReports.class);
    private static final int MOST_RERUNS = 100;

    /// Connections that the database has ended are found out one by one.
    private static final int QUESTIONS = 10;

    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(100);

    private final RunStore runs;
    private final PinnedWorkflows workflows;
    private final InstantSource clock;

    RunReports(RunStore runs, PinnedWorkflows workflows, InstantSource clock) {
        this.runs = runs;
        this.workflows = workflows;
        this.clock = clock;
    }

    /// The stored run that this text names.
    ///
    /// @throws Refusal.NotFound for any text that names none
    public Run run(String id) {
        return runs.run(Ids.parse(id)).orElseThrow(() -> unknown(id));
    }

    /// The run that this text names, with all that has happened in it.
    ///
    /// @throws Refusal.NotFound for any text that names none
    public RunHistory history(String id) {
        return runs.history(Ids.parse(id)).orElseThrow(() -> unknown(id));
    }

    /// With all tasks of the plan, those that haven't started too, and all attempts.
    ///
    /// @throws Refusal.NotFound for any text that names no run
    public RunReport report(String id) {
        return report(history(id));
    }

    /// The same with the runs that were made from it.
    ///
    /// @throws Refusal.NotFound for any text that names no run
    public RunReport reportWithReruns(String id) {
        return withReruns(report(id));
    }

    /// Only a run that has ended can have any.
    public RunReport withReruns(RunReport report) {
        return report.state().terminal()
                ? report.withReruns(
                        runs.rerunsOf(Ids.parse(report.id()), MOST_RERUNS).stream()
                                .map(Ids::text)
                                .toList())
                : report;
    }

    /// @throws Refusal.NotFound
    public RunReport report(long id) {
        return report(Ids.text(id));
    }

    /// The same of a run that is on disk for sure; nothing where it can't be read for a second.
    /// Whoever had it stored must not hear that it isn't, or they start another one.
    public Optional<RunReport> reportOfStored(long run) {
        for (int question = 1; question <= QUESTIONS; question++) {
            try {
                return Optional.of(report(run));
            } catch (Refusal.Unavailable away) {
                LOG.debugf("Run %s is stored, and not read: %s", Ids.text(run), away.sentence());
                LockSupport.parkNanos(BEFORE_ASKING_AGAIN.toNanos());
            }
        }
        return Optional.empty();
    }

    public RunReport report(RunHistory history) {
        return report(history.run(), tasks(history));
    }

    /// Without tasks and values: one line of a list.
    public RunReport summary(ListedRun run) {
        return new RunReport(
                Ids.text(run.id),
                run.workflow,
                run.revisionNumber,
                run.state,
                run.reason,
                false,
                run.trigger,
                Map.of(),
                run.startedBy,
                Texts.labels(run.labels),
                Map.of(),
                null,
                Texts.object(run.error),
                Times.instant(run.createdAt),
                Times.instant(run.startedAt),
                Times.instant(run.finishedAt),
                Times.instant(run.cancelRequestedAt),
                Times.millisBetween(run.startedAt, run.finishedAt, clock.instant()),
                run.priority,
                run.rerunOf == null ? null : Ids.text(run.rerunOf),
                List.of(),
                run.owner == null ? null : Ids.text(run.owner),
                run.taskCount,
                Map.of(),
                List.of());
    }

    private RunReport report(Run run, List<TaskReport> tasks) {
        return new RunReport(
                Ids.text(run.id),
                run.workflow,
                run.revisionNumber,
                run.state,
                run.reason,
                run.state == RunState.SUCCESS && tasks.stream().anyMatch(t -> t.state().failure()),
                run.trigger,
                Texts.objectOrEmpty(run.triggerFacts),
                run.startedBy,
                Texts.labels(run.labels),
                Texts.objectOrEmpty(run.inputs),
                Texts.object(run.outputs),
                Texts.object(run.error),
                Times.instant(run.createdAt),
                Times.instant(run.startedAt),
                Times.instant(run.finishedAt),
                Times.instant(run.cancelRequestedAt),
                Times.millisBetween(run.startedAt, run.finishedAt, clock.instant()),
                run.priority,
                run.rerunOf == null ? null : Ids.text(run.rerunOf),
                List.of(),
                run.owner == null ? null : Ids.text(run.owner),
                run.taskCount,
                counts(tasks),
                tasks);
    }

    /// All tasks of the plan, in the document's order, and then those that only the run knows. The
    /// items of a `forEach` are counted with their task, and answered by [#items].
    ///
    /// @throws Refusal.NotFound for any text that names no run
    public List<TaskReport> tasks(String run) {
        return tasks(history(run));
    }

    private List<TaskReport> tasks(RunHistory history) {
        var run = history.run();
        var rows = HashMap.<String, TaskRun>newHashMap(history.tasks().size());
        history.tasks().forEach(row -> rows.put(row.task, row));
        var attempts = Attempts.of(history.transitions());
        var items = Items.counts(rows.values());
        var reporter = new TaskReporter(run, rows, items, attempts, clock.instant());
        var reports = new ArrayList<TaskReport>();
        var planned = new HashSet<String>();
        for (var task : workflows.tasks(run.revision)) {
            var row = rows.get(task.spec().id());
            reports.add(row == null ? reporter.pending(task) : reporter.started(task, row));
            planned.add(task.spec().id());
        }
        rows.values().stream()
                .filter(row -> !planned.contains(row.task) && !Items.isItem(row.task))
                .sorted((one, other) -> one.task.compareTo(other.task))
                .map(reporter::unplanned)
                .forEach(reports::add);
        return reports;
    }

    /// The items of a `forEach` task that have begun, in order.
    ///
    /// @param state null for all
    /// @throws Refusal.NotFound where there is no such run or task
    public List<TaskReport> items(
            String run, String task, @Nullable TaskState state, int after, int limit) {
        var history = history(run);
        var planned = planned(history.run(), task);
        if (planned.isEmpty()) {
            throw unknownTask(run, task);
        }
        var reporter =
                new TaskReporter(
                        history.run(),
                        Map.of(),
                        Map.of(),
                        Attempts.of(history.transitions()),
                        clock.instant());
        return Items.of(task, history.tasks()).stream()
                .filter(row -> state == null || row.state == state)
                .filter(row -> Items.index(row.task) > after)
                .limit(limit)
                .map(row -> reporter.item(planned.get(), row))
                .toList();
    }

    /// A task's parameters as its revision has them, with the expressions and without what they
    /// came to; nothing where it has none. Items have those of their task.
    public Optional<Object> parameters(Run run, String task) {
        return planned(run, Items.isItem(task) ? Items.group(task) : task)
                .map(planned -> planned.spec().with().source());
    }

    private Optional<PlannedTask> planned(Run run, String task) {
        return workflows.tasks(run.revision).stream()
                .filter(each -> each.spec().id().equals(task))
                .findFirst();
    }

    /// @throws Refusal.NotFound
    public TaskReport task(String run, String task) {
        if (Items.isItem(task)) {
            return items(run, Items.group(task), null, -1, Integer.MAX_VALUE).stream()
                    .filter(item -> item.id().equals(task))
                    .findFirst()
                    .orElseThrow(() -> unknownTask(run, task));
        }
        return tasks(run).stream()
                .filter(report -> report.id().equals(task))
                .findFirst()
                .orElseThrow(() -> unknownTask(run, task));
    }

    private static Refusal unknownTask(String run, String task) {
        return new Refusal.NotFound("Run '%s' has no task '%s'.".formatted(run, Texts.shown(task)));
    }

    private static Map<TaskState, Integer> counts(List<TaskReport> tasks) {
        var counts = new EnumMap<TaskState, Integer>(TaskState.class);
        tasks.forEach(task -> counts.merge(task.state(), 1, Integer::sum));
        return counts;
    }

    private static Refusal.NotFound unknown(String id) {
        return new Refusal.NotFound("There is no run '" + Texts.shown(id) + "'.");
    }
}

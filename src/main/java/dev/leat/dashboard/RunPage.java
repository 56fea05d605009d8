package dev.leat.dashboard;

import dev.leat.dashboard.GraphView.Summary;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.TaskReport;
import dev.leat.store.RunState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the head of a run's pages shows, as of one moment.
///
/// @param key the stored run's id
/// @param revision the stored revision's id
/// @param seq the last transition that is in it
/// @param node the name of the node that carries the run; empty where there is only one
record RunPage(
        RunReport run,
        long key,
        long revision,
        long seq,
        String node,
        Progress progress,
        @Nullable Failure failure,
        List<TaskReport> waiting,
        Instant now) {

    /// The line that a page without a log goes on from: none will come after it.
    public long noLines() {
        return Long.MAX_VALUE;
    }

    public boolean live() {
        return !run.state().terminal();
    }

    /// All in the document's order; where they are more, those that want to be seen first.
    List<TaskReport> tasks(int most) {
        return run.tasks().size() <= most
                ? run.tasks()
                : run.tasks().stream()
                        .sorted(
                                Comparator.comparing(
                                        task -> Summary.BY_URGENCY.indexOf(task.state())))
                        .limit(most)
                        .toList();
    }

    /// What determined the run's end; nothing before it, because it may become another.
    CriticalPath path() {
        return live() ? CriticalPath.NONE : CriticalPath.of(run, now);
    }

    /// The workflow's trigger that started it; null where none did.
    public @Nullable String trigger() {
        return parentRun() == null && run.triggerFacts().get("id") instanceof String id ? id : null;
    }

    /// The moment that its trigger was to fire at; null where there is none.
    public @Nullable Instant scheduledAt() {
        return run.triggerFacts().get("scheduledAt") instanceof String text ? at(text) : null;
    }

    private static @Nullable Instant at(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// The run of the task that started it; null where none did.
    public @Nullable String parentRun() {
        return fact("run");
    }

    public @Nullable String parentTask() {
        return fact("task");
    }

    private @Nullable String fact(String name) {
        return run.trigger().equals("subflow")
                        && run.triggerFacts().get(name) instanceof String text
                ? text
                : null;
    }

    public List<Label> labels() {
        return run.labels().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .map(text -> new Label(text, RunFilter.of(null, null, null, text).href()))
                .toList();
    }

    /// @param href the list of the runs that have it
    public record Label(String text, String href) {}

    public Mark mark() {
        return Mark.of(run.state());
    }

    /// What the browser's tab says: the state first, for those with many tabs.
    public String title() {
        return mark().word() + ": " + run.workflow();
    }

    public String href() {
        return "/runs/" + run.id();
    }

    public boolean paused() {
        return run.state() == RunState.PAUSED;
    }

    public boolean cancellable() {
        return live() && run.cancelRequestedAt() == null;
    }

    /// Whether the run succeeded although something in it failed.
    public boolean handled() {
        return failure != null && run.state() == RunState.SUCCESS;
    }
}

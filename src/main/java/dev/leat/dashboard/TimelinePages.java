package dev.leat.dashboard;

import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TaskReport;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// When the tasks of a run waited and ran.
@Path("/runs/{run}/timeline")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class TimelinePages {

    private static final int TASKS_ON_A_PAGE = 300;
    private static final int ITEMS_SHOWN = 100;
    private static final String PATH = "path";

    private final Runs runs;
    private final RunReports reports;

    TimelinePages(Runs runs, RunReports reports) {
        this.runs = runs;
        this.reports = reports;
    }

    /// @param show `path` for the tasks that determined the run's end; anything else for all
    /// @param after how many tasks to skip
    /// @param items the task whose items are shown, too
    @GET
    public TemplateInstance timeline(
            @RestPath String run,
            @RestQuery @Nullable String show,
            @RestQuery int after,
            @RestQuery @Nullable String items) {
        var page = runs.page(run);
        var path = page.path();
        var onlyPath = PATH.equals(show);
        var wanted =
                page.run().tasks().stream()
                        .filter(task -> !onlyPath || path.contains(task.id()))
                        .toList();
        var from = Math.clamp(after, 0, wanted.size());
        var to = Math.min(wanted.size(), from + TASKS_ON_A_PAGE);
        var shown = wanted.subList(from, to);
        var timeline = Timeline.of(page.run(), shown, items(run, shown, items), path, page.now());
        var asked = page.href() + "/timeline" + (onlyPath ? "?show=path&" : "?");
        return new timeline(
                page,
                timeline,
                onlyPath,
                items == null ? "" : items,
                new Part(asked, from, to, wanted.size()));
    }

    private Map<String, List<TaskReport>> items(
            String run, List<TaskReport> shown, @Nullable String task) {
        return task != null
                        && shown.stream()
                                .anyMatch(
                                        each ->
                                                each.id().equals(task)
                                                        && each.facts() != null
                                                        && each.facts().hasItems())
                ? Map.of(task, reports.items(run, task, null, -1, ITEMS_SHOWN))
                : Map.of();
    }

    /// Which of the tasks are on the page.
    ///
    /// @param href of the page, open for a further parameter
    /// @param from how many come before
    /// @param to the last one's number
    record Part(String href, int from, int to, int of) {

        public boolean whole() {
            return from == 0 && to == of;
        }

        public boolean more() {
            return to < of;
        }
    }

    /// @param onlyPath whether only the tasks are shown that determined the run's end
    /// @param items the task whose items are shown; empty for none
    record timeline(RunPage page, Timeline timeline, boolean onlyPath, String items, Part part)
            implements TemplateInstance {}
}

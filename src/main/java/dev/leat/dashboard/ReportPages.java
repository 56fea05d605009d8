package dev.leat.dashboard;

import dev.leat.engine.report.OperationReport;
import dev.leat.engine.report.TaskReport;
import dev.leat.store.Json;
import dev.leat.store.OperationStore;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// All that is to say about a run on one page, for paper: no tabs, nothing to unfold.
@Path("/runs/{run}/report")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class ReportPages {

    private static final int TASKS_LISTED = 200;
    private static final int TASKS_ON_THE_TIMELINE = 80;
    private static final int OPERATIONS_LISTED = 50;
    private static final int LONGEST_VALUES = 6_000;

    /// What still can be read when it is as wide as the paper.
    private static final int WIDEST_GRAPH = 1_100;

    private final Runs runs;
    private final Graphs graphs;
    private final OperationStore operations;

    ReportPages(Runs runs, Graphs graphs, OperationStore operations) {
        this.runs = runs;
        this.graphs = graphs;
        this.operations = operations;
    }

    @GET
    public TemplateInstance get(@RestPath String run) {
        var page = runs.page(run);
        var path = page.path();
        return new report(
                page,
                graph(page, path),
                Timeline.of(page.run(), timed(page, path), Map.of(), path, page.now()),
                page.tasks(TASKS_LISTED),
                values(page.run().inputs()),
                values(page.run().outputs()),
                operations.of(page.key(), 0, OPERATIONS_LISTED).stream()
                        .map(OperationReport::of)
                        .toList());
    }

    private GraphView graph(RunPage page, CriticalPath path) {
        var tasks = page.run().tasks().stream().map(GraphTask::of).toList();
        var chosen = graphs.draw(page.revision(), tasks, path, null, _ -> "");
        return chosen.width() <= WIDEST_GRAPH || chosen.direction().equals("down")
                ? chosen
                : graphs.draw(page.revision(), tasks, path, "down", _ -> "");
    }

    /// All, or those that determined the run's end and those that failed.
    private static List<TaskReport> timed(RunPage page, CriticalPath path) {
        var tasks = page.run().tasks();
        return tasks.size() <= TASKS_ON_THE_TIMELINE
                ? tasks
                : tasks.stream()
                        .filter(
                                task ->
                                        path.contains(task.id())
                                                || task.state().failure()
                                                        && task.startedAt() != null)
                        .limit(TASKS_ON_THE_TIMELINE)
                        .toList();
    }

    private static String values(@Nullable Map<String, @Nullable Object> values) {
        if (values == null || values.isEmpty()) {
            return "";
        }
        var text = Json.writePretty(values);
        return text.length() <= LONGEST_VALUES
                ? text
                : text.substring(0, LONGEST_VALUES)
                        + "\n… %,d more characters".formatted(text.length() - LONGEST_VALUES);
    }

    /// @param tasks all, or those that want to be seen
    /// @param inputs as JSON, cut where they are long; empty for none
    record report(
            RunPage page,
            GraphView graph,
            Timeline timeline,
            List<TaskReport> tasks,
            String inputs,
            String outputs,
            List<OperationReport> operations)
            implements TemplateInstance {}
}

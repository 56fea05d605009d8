package dev.leat.dashboard;

import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.store.ListedRun;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.WorkflowHead;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Workflows with their last runs, as lists show them.
@ApplicationScoped
class Strips {

    private final RunStore runs;
    private final RunReports reports;

    Strips(RunStore runs, RunReports reports) {
        this.runs = runs;
        this.reports = reports;
    }

    List<Row> of(List<WorkflowHead> workflows) {
        var ids = workflows.stream().map(head -> head.id).toList();
        var latest = runs.latestOf(ids, Strip.LENGTH);
        return workflows.stream()
                .map(head -> row(head, latest.getOrDefault(head.id, List.of())))
                .toList();
    }

    private Row row(WorkflowHead head, List<ListedRun> latest) {
        return new Row(
                head.id,
                head.name.isEmpty() ? head.id : head.name,
                head.description,
                head.origin,
                head.revisionNumber,
                Strip.of(latest),
                latest.isEmpty() ? null : reports.summary(latest.getFirst()));
    }

    /// @param last the newest run; null where there is none
    record Row(
            String id,
            String name,
            String description,
            String origin,
            int revision,
            Strip strip,
            @Nullable RunReport last) {

        public boolean failing() {
            return last != null
                    && (last.state() == RunState.FAILED || last.state() == RunState.TIMED_OUT);
        }
    }
}

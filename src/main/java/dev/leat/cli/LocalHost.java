package dev.leat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.engine.Approvals;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.engine.Request;
import dev.leat.engine.firing.BlackoutReport;
import dev.leat.engine.firing.CalendarDocuments;
import dev.leat.engine.firing.CalendarReport;
import dev.leat.engine.firing.Calendars;
import dev.leat.engine.report.ApprovalReport;
import dev.leat.engine.report.NodeReports;
import dev.leat.engine.report.PoolReport;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.RunReports;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.PoolStore;
import dev.leat.store.RunEvent;
import dev.leat.store.RunLogs;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.RunWatch;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.task.Refusal;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Carries runs out in this process.
@ApplicationScoped
class LocalHost implements RunHost {

    private final MainOrchestrator orchestrator;
    private final RunReports reports;
    private final NodeReports nodes;
    private final PoolStore pools;
    private final Calendars calendars;
    private final CalendarDocuments documents;
    private final InstantSource clock;
    private final Approvals approvals;
    private final RunStore runs;
    private final RunWatch watch;
    private final RunLogs logs;
    private final LocalTriggers triggers;
    private final ObjectMapper mapper;

    LocalHost(
            MainOrchestrator orchestrator,
            RunReports reports,
            NodeReports nodes,
            PoolStore pools,
            Calendars calendars,
            CalendarDocuments documents,
            InstantSource clock,
            Approvals approvals,
            RunStore runs,
            RunWatch watch,
            RunLogs logs,
            LocalTriggers triggers,
            ObjectMapper mapper) {
        this.orchestrator = orchestrator;
        this.reports = reports;
        this.nodes = nodes;
        this.pools = pools;
        this.calendars = calendars;
        this.documents = documents;
        this.clock = clock;
        this.approvals = approvals;
        this.runs = runs;
        this.watch = watch;
        this.logs = logs;
        this.triggers = triggers;
        this.mapper = mapper;
    }

    @Override
    public Checked check(Source source) {
        var loaded = orchestrator.check(source);
        Workflow workflow = loaded.workflow();
        if (workflow == null || loaded.hasErrors()) {
            throw new Refusal.Invalid(source.name() + " has errors.", loaded.problems());
        }
        return new Checked(workflow.qualifiedId(), workflow.inputs(), loaded.problems());
    }

    @Override
    public String start(
            Source source,
            Map<String, @Nullable Object> inputs,
            Map<String, String> labels,
            int priority,
            String startedBy) {
        new Neighbours(orchestrator).store(source);
        var request =
                new StartRun(
                        null, source, 0, inputs, labels, "cli", Map.of(), startedBy, null,
                        priority);
        return Ids.text(orchestrator.start(request).run());
    }

    @Override
    public Following follow(String run) {
        var following = watch.follow(Ids.parse(run), RunEvent.Cursor.START);
        return new Following() {
            @Override
            public Optional<RunEvent> next(Duration atMost) throws InterruptedException {
                return following.next(atMost);
            }

            @Override
            public void close() {
                following.close();
            }
        };
    }

    @Override
    public RunDocument document(String run) {
        return document(reports.report(run));
    }

    @Override
    public List<RunDocument> latest(
            @Nullable String workflow, @Nullable RunState state, int limit) {
        var filter = new RunStore.Filter(workflow, state, null, null, null);
        return runs.latest(filter, Long.MAX_VALUE, limit).stream()
                .map(reports::summary)
                .map(this::document)
                .toList();
    }

    /// Without this process, which only asks.
    @Override
    public List<Map<?, ?>> nodes(int limit) {
        return nodes.latest(limit + 1).stream()
                .filter(node -> !node.self())
                .limit(limit)
                .<Map<?, ?>>map(node -> Json.readObject(text(node)))
                .toList();
    }

    @Override
    public List<Map<?, ?>> pools() {
        return pools.pools().stream()
                .<Map<?, ?>>map(pool -> Json.readObject(text(PoolReport.of(pool))))
                .toList();
    }

    @Override
    public void sizePool(String pool, int places) {
        orchestrator.sizePool(pool, places);
    }

    @Override
    public void removePool(String pool) {
        orchestrator.removePool(pool);
    }

    @Override
    public List<Map<?, ?>> documents(Kind kind) {
        var reports =
                switch (kind) {
                    case CALENDAR ->
                            calendars.calendars().stream().map(CalendarReport::of).toList();
                    case BLACKOUT ->
                            calendars.blackouts().stream()
                                    .map(entry -> BlackoutReport.of(entry, clock.instant()))
                                    .toList();
                };
        return reports.stream().<Map<?, ?>>map(each -> Json.readObject(text(each))).toList();
    }

    @Override
    public String saveDocument(Kind kind, DocumentText text, String by) {
        return documents.save(kind, text, text.id(), "cli", by).document().id();
    }

    @Override
    public void removeDocument(Kind kind, String id) {
        documents.delete(kind, id, false);
    }

    @Override
    public List<Map<?, ?>> approvals() {
        return approvals.open(Integer.MAX_VALUE).stream()
                .<Map<?, ?>>map(open -> Json.readObject(text(ApprovalReport.of(open))))
                .toList();
    }

    @Override
    public Map<?, ?> approval(String run, String task) {
        return Json.readObject(text(ApprovalReport.of(approvals.open(Ids.parse(run), task))));
    }

    @Override
    public void decide(String run, String task, Decision decision) {
        orchestrator.decide(
                Ids.parse(run),
                task,
                new Approvals.Decision(
                        decision.approved(), decision.values(), decision.comment(), decision.by()));
    }

    @Override
    public int signal(String name, String key, @Nullable Object payload, Duration keep) {
        return orchestrator.signal(name, key, payload, "cli", keep);
    }

    private RunDocument document(RunReport report) {
        return RunDocument.parse(text(report));
    }

    private String text(Object report) {
        try {
            return mapper.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(report + " can't be written as JSON.", e);
        }
    }

    @Override
    public TriggerHost triggers() {
        return triggers;
    }

    @Override
    public List<RunLogs.Line> lastLines(String run, String task, int limit) {
        return logs.tail(Ids.parse(run), task, 0, limit);
    }

    @Override
    public void cancel(String run, String by, String why) {
        orchestrator.cancel(Ids.parse(run), new Request("cli", by, why));
    }
}

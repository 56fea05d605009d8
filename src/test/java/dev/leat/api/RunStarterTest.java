package dev.leat.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leat.api.TriggerBodies.FiredBody;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.firing.TriggerSteering;
import dev.leat.engine.report.DryRuns;
import dev.leat.engine.report.RunReports;
import dev.leat.engine.report.TriggerReports;
import dev.leat.engine.report.UnreadableReports;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.RunStore;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a start is answered with where its run is stored and the database goes away then.
@QuarkusTest
class RunStarterTest {

    private static final String TEXT =
            """
            {"id": "stored", "tasks": [{"id": "a", "type": "noop"}]}""";

    private static final String FIRED =
            """
            {"id": "stored-fire", "tasks": [{"id": "a", "type": "noop"}],
             "triggers": [{"id": "nightly", "type": "cron", "cron": "0 2 * * *"}]}""";

    @Inject MainOrchestrator orchestrator;
    @Inject RunReports reports;
    @Inject DryRuns plans;
    @Inject ApiConfig config;
    @Inject ObjectMapper mapper;
    @Inject RunStore runs;
    @Inject TriggerSteering steering;
    @Inject TriggerReports triggers;

    @Test
    void a_run_that_is_stored_is_told_of_once_it_can_be_read() {
        var answer = start(3);
        assertThat(answer.getStatus()).isEqualTo(202);
        assertThat(body(answer)).containsEntry("workflow", "stored").containsKey("state");
    }

    @Test
    void a_run_that_is_stored_is_never_refused_however_long_it_can_not_be_read() {
        var answer = start(Integer.MAX_VALUE);
        assertThat(answer.getStatus()).isEqualTo(202);
        var id = String.valueOf(body(answer).get("id"));
        assertThat(answer.getHeaderString("Location")).isEqualTo("/api/runs/" + id);
        assertThat(runs.run(Ids.parse(id))).isPresent();
    }

    @Test
    void a_fire_whose_run_is_stored_is_not_refused_either() {
        orchestrator.save(
                new SaveWorkflow(new Source(FIRED, Format.JSON, "test"), null, 0, "api", null));
        var away = new UnreadableReports(reports, Integer.MAX_VALUE);
        var answer =
                new WorkflowTriggerResource(steering, triggers, away)
                        .fire("stored-fire", "nightly", null, "ben", null);
        assertThat(answer.getStatus()).isEqualTo(202);
        var fired = (FiredBody) answer.getEntity();
        assertThat(fired.run()).isNull();
        var id = answer.getHeaderString("Location").replace("/api/runs/", "");
        assertThat(runs.run(Ids.parse(id))).isPresent();
    }

    private Response start(int failures) {
        var away = new UnreadableReports(reports, failures);
        var source = new Source(TEXT, Format.JSON, "test");
        return new RunStarter(orchestrator, away, plans, config, mapper)
                .start(
                        new RunStarter.Asked(
                                null, source, 0, Map.of(), Map.of(), 0, null, null, null, null));
    }

    private static Map<String, @Nullable Object> body(Response answer) {
        return Json.readObject(new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8));
    }
}

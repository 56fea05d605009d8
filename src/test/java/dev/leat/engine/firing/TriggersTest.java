package dev.leat.engine.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.Plans;
import dev.leat.engine.UnreadablePlans;
import dev.leat.store.Journal;
import dev.leat.store.Membership;
import dev.leat.store.TriggerStore;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of triggers while the database is away.
@QuarkusTest
class TriggersTest {

    private static final String YEARLY =
            """
            {"id": "yearly", "triggers": [{"id": "t", "type": "cron", "cron": "0 0 1 1 *"}], "tasks": [{"id": "a", "type": "noop"}]}""";

    @Inject MainOrchestrator orchestrator;
    @Inject Plans plans;
    @Inject WorkflowStore workflows;
    @Inject TriggerStore store;
    @Inject Journal journal;
    @Inject Membership membership;
    @Inject InstantSource clock;

    @BeforeEach
    void save() {
        orchestrator.save(
                new SaveWorkflow(new Source(YEARLY, Format.JSON, "test"), null, 0, "api", null));
    }

    @Test
    void triggers_that_can_not_be_read_at_the_moment_are_read_once_they_can() {
        var triggers = triggers(1);
        assertThatThrownBy(triggers::load).isInstanceOf(Refusal.Unavailable.class);

        assertThat(triggers.find("yearly", "t")).isPresent();
    }

    @Test
    void a_workflow_that_changes_while_the_database_is_away_is_read_again() {
        var triggers = triggers(1);
        triggers.refresh("yearly");
        assertThat(triggers.stale()).isTrue();

        triggers.load();
        assertThat(triggers.stale()).isFalse();
        assertThat(triggers.find("yearly", "t")).isPresent();
    }

    private Triggers triggers(int failures) {
        return new Triggers(
                orchestrator,
                new UnreadablePlans(plans, failures),
                workflows,
                store,
                journal,
                membership,
                clock);
    }
}

package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs, asked for by somebody who fills in forms: what is said before they start.
@QuarkusTest
class StartFormJourneyTest {

    private static final Pattern A_RUN = Pattern.compile(".*/runs/[0-9a-z]{13}$");

    @TestHTTPResource("/")
    URI home;

    @Inject MainOrchestrator orchestrator;

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void somebody_takes_what_was_typed_along_as_a_command(Look look) {
        save(
                """
                {"id": "commanded", "inputs": {"type": "object", "properties": {
                   "name": {"type": "string", "title": "Name"},
                   "count": {"type": "integer", "title": "Count", "default": 3}}},
                 "tasks": [{"id": "only", "type": "noop"}]}
                """);
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/workflows/commanded/run");
            page.getByLabel("Name").fill("O'Brien");
            page.getByRole(AriaRole.BUTTON, exactly("As a command")).click();

            var commands =
                    page.getByRole(
                            AriaRole.REGION,
                            new Page.GetByRoleOptions().setName("The same in a terminal"));
            assertThat(commands)
                    .containsText(
                            "/api/workflows/commanded/runs -H 'Content-Type: application/json' -d"
                                    + " '{\"inputs\":{\"name\":\"O'\\''Brien\",\"count\":3}}'");
            assertThat(commands).containsText("| leat run commanded.json --inputs -");
            assertThat(page.getByLabel("Name")).hasValue("O'Brien");
            if (look == Look.LIGHT) {
                commands.getByLabel("Copy").first().click();
                assertThat(page.getByRole(AriaRole.STATUS)).containsText("Copied: curl");
                assertThat(visitor.barriers()).isEmpty();
            }
            visitor.open("/runs?workflow=commanded");
            assertThat(page.getByText("Choose run")).hasCount(0);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void a_moment_is_typed_in_the_zone_that_somebody_thinks_in() {
        save(
                """
                {"id": "timed", "inputs": {"type": "object", "properties": {
                   "at": {"type": "string", "format": "date-time", "title": "At"}}},
                 "tasks": [{"id": "only", "type": "noop"}]}
                """);
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var page = visitor.open("/workflows/timed/run");
            var at = page.locator("[type=datetime-local]");
            at.fill("2026-03-29T02:30");
            page.getByLabel("Zone of At").fill("Europe/Amsterdam");
            page.getByRole(AriaRole.BUTTON, exactly("Run")).click();
            assertThat(page.locator(".failing")).containsText("the clock is put forward then");
            assertThat(page.getByLabel("Zone of At")).hasValue("Europe/Amsterdam");

            at.fill("2026-07-01T08:00");
            page.getByRole(AriaRole.BUTTON, exactly("Run")).click();
            page.waitForURL(A_RUN);
            page.navigate(page.url() + "/data");
            assertThat(page.getByText("2026-07-01T08:00:00+02:00")).isVisible();
        }
    }

    @Test
    void a_retry_that_is_refused_keeps_what_was_typed() {
        save(
                """
                {"id": "refused", "inputs": {"type": "object", "properties": {
                   "count": {"type": "integer", "default": 1}}},
                 "tasks": [{"id": "falls", "type": "fail"}]}
                """);
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var page = visitor.open("/workflows/refused/run");
            page.getByRole(AriaRole.BUTTON, exactly("Run")).click();
            page.waitForURL(A_RUN);
            page.waitForCondition(
                    () -> page.reload().ok() && page.getByText("falls failed").count() > 0);
            var run = page.url();
            page.getByRole(AriaRole.LINK, exactly("Retry")).click();
            page.getByLabel("Inputs").fill("{\"count\": ");
            page.getByLabel("Why").fill("once more");
            page.getByRole(AriaRole.BUTTON, exactly("Retry")).click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("It hasn't started");
            assertThat(page.getByLabel("Inputs")).hasValue("{\"count\": ");
            assertThat(page.getByLabel("Why")).hasValue("once more");

            page.getByLabel("Inputs").fill("{\"count\": \"many\"}");
            page.getByRole(AriaRole.BUTTON, exactly("Retry")).click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("count");

            page.getByLabel("Inputs").fill("{\"count\": 2}");
            page.getByRole(AriaRole.BUTTON, exactly("Retry")).click();
            page.waitForURL(A_RUN);
            assertThat(page.url()).isNotEqualTo(run);
        }
    }

    private void save(String text) {
        var source = new Source(text, Format.JSON, "journey");
        orchestrator.save(new SaveWorkflow(source, null, 0, "api", null));
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

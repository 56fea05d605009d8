package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
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

/// Runs, held up, marked and run again by somebody with a browser.
@QuarkusTest
class OperationsJourneyTest {

    private static final Pattern A_RUN = Pattern.compile(".*/runs/[0-9a-z]{13}$");

    @TestHTTPResource("/")
    URI home;

    @Inject MainOrchestrator orchestrator;

    @Test
    void somebody_pauses_a_run_marks_its_task_and_lets_it_go_on() {
        save(
                """
                {"id": "held", "tasks": [
                  {"id": "long", "type": "wait", "with": {"duration": "1h"}},
                  {"id": "after", "type": "noop", "dependsOn": ["long"]}]}
                """);
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = start(visitor, "held");
            page.getByRole(AriaRole.LINK, exactly("Pause")).click();
            page.getByLabel("Why").fill("look first");
            page.getByRole(AriaRole.BUTTON, exactly("Pause run")).click();
            page.waitForURL(A_RUN);
            assertThat(state(page)).hasText("Paused");
            var run = page.url();

            page.navigate(run + "/tasks/long");
            page.getByRole(AriaRole.LINK, exactly("Mark")).click();
            page.getByRole(AriaRole.BUTTON, exactly("Mark task")).click();
            page.navigate(run);
            assertThat(page.locator("tr[data-task=long]")).containsText("Success");
            assertThat(state(page)).hasText("Paused");

            page.getByRole(AriaRole.BUTTON, exactly("Resume")).click();
            assertThat(state(page)).hasText("Success");
            page.navigate(run + "/history");
            var done =
                    page.getByRole(
                            AriaRole.REGION,
                            new Page.GetByRoleOptions().setName("What people did"));
            assertThat(done).containsText("look first");
            assertThat(done).containsText("MARK long");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void somebody_retries_from_what_failed_with_other_inputs() {
        save(
                """
                {"id": "retried", "inputs": {"type": "object", "properties": {
                   "good": {"type": "boolean", "default": false}}},
                 "tasks": [
                   {"id": "first", "type": "noop"},
                   {"id": "check", "type": "fail", "dependsOn": ["first"], "when": "${ !inputs.good }"}]}
                """);
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var page = start(visitor, "retried");
            page.waitForCondition(
                    () -> page.reload().ok() && "Failed".equals(state(page).textContent()));
            var old = page.url();
            page.getByRole(AriaRole.LINK, exactly("Retry")).click();
            page.getByLabel("Inputs").fill("{\"good\": true}");
            page.getByRole(AriaRole.BUTTON, exactly("Retry")).click();
            page.waitForURL(A_RUN);
            assertThat(page.url()).isNotEqualTo(old);
            page.waitForCondition(
                    () -> page.reload().ok() && "Success".equals(state(page).textContent()));
            assertThat(page.getByText("Made from")).isVisible();
            page.navigate(old);
            assertThat(page.getByText("Run again as")).isVisible();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void somebody_cancels_the_runs_that_were_chosen_in_the_list() {
        save(
                """
                {"id": "chosen", "tasks": [{"id": "long", "type": "wait", "with": {"duration": "1h"}}]}
                """);
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            start(visitor, "chosen");
            var run = start(visitor, "chosen").url();
            var page = visitor.open("/runs?workflow=chosen");
            for (var box : page.getByRole(AriaRole.CHECKBOX).all()) {
                box.check();
            }
            page.getByRole(AriaRole.BUTTON, exactly("Go on")).click();
            page.getByRole(AriaRole.BUTTON, exactly("Do it")).click();
            assertThat(page.getByRole(AriaRole.HEADING, exactly("Done with 2 of 2 runs")))
                    .isVisible();
            page.navigate(run);
            page.waitForCondition(
                    () -> page.reload().ok() && "Cancelled".equals(state(page).textContent()));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private void save(String text) {
        var source = new Source(text, Format.JSON, "journey");
        orchestrator.save(new SaveWorkflow(source, null, 0, "api", null));
    }

    private static Page start(Visitor visitor, String workflow) {
        var page = visitor.open("/workflows/" + workflow + "/run");
        page.getByRole(AriaRole.BUTTON, exactly("Run")).click();
        page.waitForURL(A_RUN);
        return page;
    }

    private static Locator state(Page page) {
        return page.locator(".headline > .state [data-slot=word]");
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

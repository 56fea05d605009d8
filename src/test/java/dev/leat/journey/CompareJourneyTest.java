package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Ids;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Somebody looks why a run failed that had succeeded before.
@QuarkusTest
class CompareJourneyTest {

    @TestHTTPResource("/")
    URI home;

    @Inject MainOrchestrator orchestrator;

    private long good;
    private long bad;

    @BeforeEach
    void run_it_well_and_then_badly() {
        save("A first text");
        good = run(Map.of("amount", 1, "good", true));
        save("Another text");
        bad = run(Map.of("amount", 7, "good", false));
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "DARK", "PHONE", "WITHOUT_SCRIPT"})
    void a_failed_run_leads_to_what_differs_from_its_last_success(Look look) {
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/runs/" + Ids.text(bad));
            page.getByRole(AriaRole.LINK, exactly("Compare")).click();

            assertThat(page.getByRole(AriaRole.HEADING, exactly("Two runs side by side")))
                    .isVisible();
            assertThat(row(region(page, "What differs"), "input /amount"))
                    .hasText("input /amount17");
            assertThat(row(region(page, "What differs"), "line 1 of say"))
                    .containsText("worth 1 pound");
            assertThat(row(region(page, "Tasks"), "check")).containsText("SkippedFailed");
            assertThat(row(region(page, "Tasks"), "check").locator("strong")).hasText("check");
            assertThat(row(region(page, "Tasks"), "same").locator("strong")).hasCount(0);
            assertThat(region(page, "The workflow's text")).containsText("Another text");
            assertThat(page.getByRole(AriaRole.LINK, exactly(Ids.text(good)))).isVisible();
            if (look != Look.WITHOUT_SCRIPT) {
                assertThat(visitor.barriers()).isEmpty();
            }
            assertThat(visitor.overflow()).isZero();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void a_run_is_the_same_as_itself() {
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var run = Ids.text(good);
            var page = visitor.open("/runs/" + run + "/compare/" + run);

            assertThat(region(page, "What differs")).containsText("are the same");
            assertThat(region(page, "The workflow's text")).hasCount(0);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static Locator region(Page page, String name) {
        return page.locator("section")
                .filter(
                        new Locator.FilterOptions()
                                .setHas(page.getByRole(AriaRole.HEADING, exactly(name))));
    }

    private static Locator row(Locator table, String text) {
        return table.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
    }

    private void save(String description) {
        var text =
                """
                {"id": "compared", "description": "%s",
                 "inputs": {"type": "object", "properties": {
                   "amount": {"type": "integer"}, "good": {"type": "boolean"}}},
                 "tasks": [
                  {"id": "same", "type": "noop"},
                  {"id": "say", "type": "log", "with": {"message": "worth ${ inputs.amount } pound"}},
                  {"id": "check", "type": "fail", "dependsOn": ["say"], "when": "${ !inputs.good }"}]}
                """
                        .formatted(description);
        var source = new Source(text, Format.JSON, "journey");
        orchestrator.save(new SaveWorkflow(source, null, 0, "api", null));
    }

    private long run(Map<String, Object> inputs) {
        var started =
                orchestrator.start(
                        new StartRun(
                                "compared",
                                null,
                                0,
                                inputs,
                                Map.of(),
                                "api",
                                Map.of(),
                                null,
                                null));
        orchestrator.await(started.run(), Duration.ofMinutes(1));
        return started.run();
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

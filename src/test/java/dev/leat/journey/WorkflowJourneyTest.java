package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Workflows, found, compared and looked into by somebody with a browser.
@QuarkusTest
class WorkflowJourneyTest {

    @TestHTTPResource("/")
    URI home;

    @Inject MainOrchestrator orchestrator;

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "PHONE", "WITHOUT_SCRIPT"})
    void somebody_finds_what_fails_and_follows_the_grid_to_the_task(Look look) {
        var fails = workflow("fails", look, "fail");
        var works = workflow("works", look, "noop");
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/workflows?q=" + suffix(look));
            assertThat(row(page, works)).containsText("100 %");
            page.getByLabel("Show").selectOption("failing");
            page.getByLabel("Sort by").selectOption("success");
            page.getByRole(AriaRole.BUTTON, exact("Filter")).click();
            page.waitForURL(Pattern.compile(".*show=failing.*"));
            assertThat(row(page, works)).hasCount(0);
            row(page, fails).getByRole(AriaRole.LINK, named(fails)).first().click();

            page.getByRole(AriaRole.NAVIGATION, exact("Workflow"))
                    .getByRole(AriaRole.LINK, named("Runs"))
                    .click();
            page.waitForURL(Pattern.compile(".*/" + fails + "/runs$"));
            var bad = row(page, "bad");
            assertThat(bad.getByRole(AriaRole.LINK, named("Failed"))).hasCount(3);
            bad.getByRole(AriaRole.LINK, named("Failed")).last().click();
            page.waitForURL(Pattern.compile(".*/runs/[0-9a-z]{13}/tasks/bad$"));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void arrow_keys_go_from_cell_to_cell_and_the_grid_is_one_stop() {
        var fails = workflow("keys", Look.LIGHT, "fail");
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/workflows/" + fails + "/runs?count=50");
            var last = row(page, "bad").getByRole(AriaRole.LINK).last();
            assertThat(last).hasAttribute("tabindex", "0");
            assertThat(page.locator("td a[tabindex='0']")).hasCount(1);
            last.focus();
            page.keyboard().press("ArrowUp");
            assertThat(row(page, "good").getByRole(AriaRole.LINK).last()).isFocused();
            page.keyboard().press("ArrowLeft");
            page.keyboard().press("Enter");
            page.waitForURL(Pattern.compile(".*/tasks/good$"));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void a_box_of_the_graph_leads_to_what_its_task_is_and_to_its_line(Look look) {
        var works = workflow("boxes", look, "noop");
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/workflows/" + works + "?direction=down");
            page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Graph of"))
                    .getByRole(AriaRole.LINK, named("bad"))
                    .click();
            page.waitForURL(Pattern.compile(".*direction=down#task$"));
            var task = page.getByRole(AriaRole.REGION, exact("Task bad"));
            assertThat(task).containsText("Waits for");
            assertThat(task.getByRole(AriaRole.LINK, named("good"))).isVisible();
            task.getByRole(AriaRole.LINK, named("Line 3 of the source")).click();
            page.waitForURL(Pattern.compile(".*/source#S3$"));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void somebody_pauses_a_trigger_from_its_workflow(Look look) {
        var id = "clocked-" + suffix(look);
        save(
                """
                {"id": "%s", "tasks": [{"id": "a", "type": "noop"}], "triggers": [
                  {"id": "night", "type": "cron", "cron": "0 2 * * *", "timezone": "Europe/Berlin"}]}"""
                        .formatted(id));
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/workflows/" + id + "/triggers");
            var night = page.getByRole(AriaRole.REGION, exact("night"));
            assertThat(night.getByRole(AriaRole.LISTITEM)).hasCount(5);
            assertThat(night).containsText("the last one that nobody was there for is made up for");
            night.getByRole(AriaRole.BUTTON, named("Pause night")).click();
            assertThat(page.getByText("Paused by dashboard")).isVisible();

            page.navigate(home + "workflows?show=paused&q=" + id);
            assertThat(row(page, id)).containsText("1 trigger paused");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    /// A workflow with three runs.
    private String workflow(String name, Look look, String type) {
        var id = name + "-" + suffix(look);
        save(
                """
                {"id": "%s", "tasks": [
                  {"id": "good", "type": "noop"},
                  {"id": "bad", "type": "%s", "dependsOn": ["good"]%s}]}
                """
                        .formatted(
                                id,
                                type,
                                type.equals("fail") ? ", \"with\": {\"message\": \"no\"}" : ""));
        for (int number = 0; number < 3; number++) {
            var started =
                    orchestrator.start(
                            new StartRun(
                                    id, null, 0, Map.of(), Map.of(), "api", Map.of(), null, null));
            orchestrator.await(started.run(), Duration.ofMinutes(1));
        }
        return id;
    }

    private void save(String text) {
        orchestrator.save(
                new SaveWorkflow(new Source(text, Format.JSON, "the test"), null, 0, "api", null));
    }

    private static String suffix(Look look) {
        return look.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Locator row(Page page, String text) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByRoleOptions exact(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

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
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Questions of tasks, answered by somebody with a browser; and the items and children of runs as
/// pages show them.
@QuarkusTest
class AnsweringJourneyTest {

    private static final Pattern A_RUN = Pattern.compile(".*/runs/[0-9a-z]{13}$");

    @TestHTTPResource("/")
    URI home;

    @Inject MainOrchestrator orchestrator;

    @ParameterizedTest
    @EnumSource(Look.class)
    void somebody_answers_a_question_and_the_run_goes_on_by_the_answer(Look look) {
        var id = "release-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        save(
                """
                {"id": "%s", "tasks": [
                   {"id": "ask", "type": "approval",
                    "with": {"title": "Release %s?", "message": "Tests are green.", "approvers": ["Anna", "Ben"],
                             "form": {"type": "object", "required": ["copies"], "properties": {
                               "copies": {"type": "integer", "title": "Copies", "multipleOf": 2}}}}},
                   {"id": "ship", "type": "transform", "dependsOn": ["ask"],
                    "with": {"value": "${ tasks.ask.output.values.copies * 10 }"}}],
                 "outputs": {"shipped": "${ tasks.ship.output }"}}
                """
                        .formatted(id, id));
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/workflows/" + id + "/run");
            button(page, "Run").click();
            page.waitForURL(A_RUN);
            var run = page.url();
            page.navigate(home.resolve("/approvals").toString());
            page.getByRole(AriaRole.LINK, exactly("Release " + id + "?")).click();

            assertThat(page.locator("main")).containsText("Tests are green.");
            if (look != Look.WITHOUT_SCRIPT) {
                assertThat(visitor.barriers()).isEmpty();
            }
            page.getByLabel("Copies").fill("3");
            page.getByLabel("Who answers").selectOption("Ben");
            button(page, "Approve").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("It isn't answered yet");
            assertThat(page.locator(".failing")).containsText("copies");
            assertThat(page.getByLabel("Who answers")).hasValue("Ben");

            page.getByLabel("Copies").fill("4");
            button(page, "Approve").click();
            page.waitForURL(Pattern.compile(".*/tasks/ask$"));
            page.waitForCondition(() -> says(page, "approved by Ben"));
            page.navigate(run + "/data");
            page.waitForCondition(() -> says(page, "40"));
            assertThat(visitor.complaints()).noneMatch(text -> !text.contains("422"));
        }
    }

    @Test
    void a_rejection_fails_the_task_and_says_who_and_why() {
        save(
                """
                {"id": "refused", "tasks": [
                   {"id": "ask", "type": "approval", "with": {"title": "Delete everything?"}}]}
                """);
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/workflows/refused/run");
            button(page, "Run").click();
            page.waitForURL(A_RUN);
            page.getByRole(AriaRole.LINK, exactly("Answer")).click();
            page.getByLabel("Who answers").fill("Ada");
            page.getByLabel("Comment").fill("not on a Friday");
            button(page, "Reject").click();
            assertThat(page.locator("main")).containsText("rejected by Ada: not on a Friday");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void items_are_one_box_with_counts_and_a_page_of_their_own() {
        save(
                """
                {"id": "folded", "tasks": [
                   {"id": "each", "type": "transform",
                    "forEach": {"items": "${ lists.range(130) }", "failFast": false},
                    "with": {"value": "${ 100 / (item - 7) }"}},
                   {"id": "child", "type": "subflow", "dependsOn": ["each"], "triggerRule": "all_done",
                    "with": {"workflow": "leaf"}}]}
                """);
        save("{\"id\": \"leaf\", \"tasks\": [{\"id\": \"only\", \"type\": \"noop\"}]}");
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/workflows/folded/run");
            button(page, "Run").click();
            page.waitForURL(A_RUN);
            var run = page.url();
            assertThat(page.locator(".headline .state").first()).hasText("Success");
            assertThat(page.locator(".node[data-task=each]")).containsText("130/130");
            assertThat(page.locator("tr[data-task=each]"))
                    .containsText("130 of 130 items, 1 failed");

            page.navigate(run + "/tasks/each?items=failed");
            assertThat(page.locator("tr[data-task]")).hasCount(1);
            assertThat(visitor.barriers()).isEmpty();
            page.getByRole(AriaRole.LINK, exactly("each.7")).click();
            assertThat(page.locator("main")).containsText("Item of");

            page.navigate(run + "/tasks/child");
            page.locator("dl.facts a.mono").click();
            assertThat(page.locator("main")).containsText("Started by");
            assertThat(visitor.barriers()).isEmpty();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    /// Without a script, a page is as it was when it was loaded.
    private static boolean says(Page page, String text) {
        if (page.locator("main").innerText().contains(text)) {
            return true;
        }
        page.reload();
        return false;
    }

    private void save(String text) {
        orchestrator.save(
                new SaveWorkflow(new Source(text, Format.JSON, "test.json"), null, 0, "api", null));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, exactly(name));
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

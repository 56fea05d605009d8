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
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Runs, started and watched by somebody with a browser.
@QuarkusTest
class RunJourneyTest {

    private static final Pattern A_RUN = Pattern.compile(".*/runs/[0-9a-z]{13}$");

    @TestHTTPResource("/")
    URI home;

    @Inject MainOrchestrator orchestrator;

    @Test
    void somebody_starts_a_run_from_its_form_and_watches_it_live_to_the_end() {
        save(
                """
                {"id": "greeting", "name": "Greeting",
                 "inputs": {"type": "object", "required": ["name"], "properties": {
                   "name": {"type": "string", "title": "Name"},
                   "times": {"type": "integer", "default": 2, "maximum": 5}}},
                 "tasks": [
                   {"id": "hello", "type": "log", "with": {"message": "Hello ${ inputs.name }"}},
                   {"id": "pause", "type": "wait", "dependsOn": ["hello"], "with": {"duration": "2s"}},
                   {"id": "count", "type": "shell", "dependsOn": ["pause"],
                    "with": {"command": "for n in 1 2 3 4 5 6 7 8 9; do echo line $n; sleep 0.1; done"}},
                   {"id": "bye", "type": "log", "dependsOn": ["count"], "with": {"message": "Bye"}}],
                 "outputs": {"greeted": "${ inputs.name }"}}
                """);
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/workflows");
            link(page, "Greeting").click();
            page.getByRole(AriaRole.LINK, exactly("Run")).click();
            page.getByLabel("Name").fill("Ada");
            page.getByRole(AriaRole.BUTTON, exactly("Run")).click();
            page.waitForURL(A_RUN);
            page.evaluate("window.sameDocument = true");

            assertThat(state(page)).hasText("Running");
            assertThat(page.locator(".node[data-task=pause]"))
                    .hasClass(Pattern.compile("is-waiting"));
            assertThat(page.locator(".edges [data-from=hello]"))
                    .hasClass(Pattern.compile("is-success"));
            assertThat(page.locator(".edges [data-from=pause]"))
                    .not()
                    .hasClass(Pattern.compile("is-success"));
            assertThat(state(page)).hasText("Success");
            assertThat(page.locator(".node[data-task=bye]"))
                    .hasClass(Pattern.compile("is-success"));
            assertThat(page.getByLabel("Log", new Page.GetByLabelOptions().setExact(true)))
                    .containsText("Bye");
            assertThat(page).hasTitle("Success: greeting · Leat");
            assertThat(page.locator("tr[data-task=count]")).containsText("Success");
            assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
            assertThat(numbers(page)).containsExactlyElementsOf(upTo(numbers(page).size()));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void a_mistyped_input_is_shown_at_its_field_and_nothing_typed_is_lost() {
        save(
                """
                {"id": "picky", "name": "Picky",
                 "inputs": {"type": "object", "required": ["name"], "properties": {
                   "name": {"type": "string", "title": "Name", "minLength": 3},
                   "list": {"type": "array", "title": "List"}}},
                 "tasks": [{"id": "only", "type": "noop"}]}
                """);
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/workflows/picky/run");
            page.getByLabel("Name").fill("Al");
            page.getByLabel("List").fill("[1, 2");
            page.getByRole(AriaRole.BUTTON, exactly("Run")).click();

            assertThat(page.getByRole(AriaRole.ALERT)).containsText("It hasn't started");
            assertThat(page.getByLabel("List")).hasValue("[1, 2");
            assertThat(page.locator(".failing")).containsText("This is no JSON value");

            page.getByLabel("List").fill("[1, 2]");
            page.getByRole(AriaRole.BUTTON, exactly("Run")).click();

            assertThat(page.getByLabel("Name")).hasValue("Al");
            assertThat(page.locator(".failing")).containsText("name");
            page.getByLabel("Name").fill("Ada");
            page.getByRole(AriaRole.BUTTON, exactly("Run")).click();
            page.waitForURL(A_RUN);
        }
    }

    @Test
    void a_failed_run_says_why_before_anything_else() {
        save(
                """
                {"id": "breaking", "tasks": [
                   {"id": "fine", "type": "noop"},
                   {"id": "copy", "type": "shell", "dependsOn": ["fine"], "retry": {"maxAttempts": 2, "delay": "10ms"},
                    "with": {"command": "echo no space left on device >&2; exit 28"}},
                   {"id": "after", "type": "noop", "dependsOn": ["copy"]}]}
                """);
        try (var visitor = new Visitor(home, Look.PHONE)) {
            var page = start(visitor, "breaking");
            assertThat(state(page)).hasText("Failed");

            var why =
                    page.getByRole(
                            AriaRole.REGION, new Page.GetByRoleOptions().setName("copy failed"));
            assertThat(why).containsText("exit.28");
            assertThat(why).containsText("no space left on device");
            assertThat(why).containsText("Attempt 2 of 2");
            assertThat(why).isInViewport();

            why.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("copy")).click();
            assertThat(page.getByRole(AriaRole.HEADING, exactly("copy"))).isVisible();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void somebody_cancels_a_run_after_being_asked() {
        save(
                """
                {"id": "endless", "tasks": [{"id": "long", "type": "wait", "with": {"duration": "1h"}}]}
                """);
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = start(visitor, "endless");
            page.getByRole(AriaRole.LINK, exactly("Cancel run")).click();
            var question = page.getByRole(AriaRole.DIALOG);
            assertThat(question).containsText("Cancel this run?");
            question.getByLabel("Why").fill("wrong day");
            question.getByRole(
                            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel run"))
                    .click();

            assertThat(state(page)).hasText("Cancelled");
            assertThat(page.locator("tr[data-task=long]")).containsText("Cancelled");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void everything_works_without_javascript() {
        save(
                """
                {"id": "plain", "inputs": {"type": "object", "properties": {
                   "name": {"type": "string", "title": "Name", "default": "Ada"}}},
                 "tasks": [{"id": "hello", "type": "log", "with": {"message": "Hello ${ inputs.name }"}},
                           {"id": "long", "type": "wait", "dependsOn": ["hello"], "with": {"duration": "1h"}}]}
                """);
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var page = start(visitor, "plain");
            page.waitForCondition(() -> page.reload().ok() && page.content().contains("Hello Ada"));
            assertThat(page.locator(".node[data-task=long]")).isVisible();
            page.getByRole(AriaRole.LINK, exactly("Timeline")).click();
            assertThat(page.getByRole(AriaRole.HEADING, exactly("Timeline"))).isVisible();
            page.getByRole(AriaRole.LINK, exactly("Cancel run")).click();
            page.getByRole(AriaRole.BUTTON, exactly("Cancel run")).click();
            page.waitForURL(A_RUN);
            page.waitForCondition(
                    () -> page.reload().ok() && "Cancelled".equals(state(page).textContent()));
        }
    }

    @Test
    void what_users_and_programs_write_stays_text() {
        var canary =
                "<img src=x onerror=alert(1)><script>alert(2)</script>\\\"'><svg/onload=alert(3)>";
        save(
                """
                {"id": "canary", "name": "%1$s", "description": "%1$s",
                 "inputs": {"type": "object", "properties": {
                   "text": {"type": "string", "title": "%1$s", "description": "%1$s", "default": "%1$s"}}},
                 "tasks": [
                   {"id": "speak", "name": "%1$s", "type": "log", "with": {"message": "%1$s ${ inputs.text }"}},
                   {"id": "give", "type": "transform", "with": {"value": {"%1$s": "${ inputs.text }"}}},
                   {"id": "fall", "type": "fail", "dependsOn": ["give"], "with": {"message": "%1$s"}}],
                 "outputs": {"text": "${ inputs.text }"}}
                """
                        .formatted(canary));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            for (var path :
                    new String[] {"/workflows", "/workflows/canary", "/workflows/canary/source"}) {
                assertNothingMade(visitor.open(path));
            }
            var page = start(visitor, "canary");
            assertThat(state(page)).hasText("Failed");
            var run = page.url();
            for (var tab :
                    new String[] {
                        "",
                        "/tasks",
                        "/timeline",
                        "/data",
                        "/logs",
                        "/history",
                        "/source",
                        "/tasks/fall",
                        "/tasks/speak",
                        "/tasks/give"
                    }) {
                page.navigate(run + tab);
                assertNothingMade(page);
            }
            assertNothingMade(visitor.open("/"));
            assertNothingMade(
                    visitor.open("/runs?workflow=" + "%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static void assertNothingMade(Page page) {
        assertThat(page.locator("img, [onerror], [onload], body script")).hasCount(0);
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

    private static List<Integer> numbers(Page page) {
        return page.locator("[data-log] .number").allTextContents().stream()
                .map(Integer::valueOf)
                .toList();
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, exactly(name));
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

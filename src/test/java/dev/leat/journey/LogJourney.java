package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.KeyboardModifier;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logs, read and searched by somebody with a browser.
abstract class LogJourney {

    @TestHTTPResource("/")
    URI home;

    @TempDir Path gates;

    @Inject MainOrchestrator orchestrator;

    /// So that tests don't find each other's lines.
    private final String word = "needle" + Long.toHexString(System.nanoTime());

    @Test
    void somebody_searches_all_runs_and_lands_on_the_line() {
        var run =
                ended(
                        "seek",
                        shell(
                                "for n in $(seq 1 900); do echo line $n; done; echo the %s at last; echo after"));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = searched(visitor);

            assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("1 line found");
            assertThat(page.locator("mark")).hasText(word);
            assertThat(page.locator(".found")).containsText("line 900");
            assertThat(visitor.barriers()).isEmpty();
            page.getByRole(AriaRole.LINK, exactly("901")).click();

            page.waitForURL(Pattern.compile(".*/runs/" + run + "/logs\\?.*#L901$"));
            assertThat(page.locator("#L901")).isInViewport();
            assertThat(page.locator("#L901 mark")).hasText(word);
            assertThat(page.locator("[aria-label='What was found']")).containsText("1 line found");
            assertThat(visitor.barriers()).isEmpty();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void the_same_works_without_javascript_and_a_mistake_is_said() {
        var run = ended("plain-seek", shell("echo before; echo the %s; echo after"));
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var page = searched(visitor);
            page.getByRole(AriaRole.LINK, exactly("2")).click();
            page.waitForURL(Pattern.compile(".*/runs/" + run + "/logs\\?.*#L2$"));
            assertThat(page.locator("#L2")).containsText(word);

            page.navigate(home.resolve("/logs").toString());
            page.getByLabel("Find").fill("\"" + word);
            page.getByRole(AriaRole.BUTTON, exactly("Search")).click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("has no \" at its end");
            assertThat(page.getByLabel("Find")).hasValue("\"" + word);
        }
    }

    @Test
    void somebody_goes_from_hit_to_hit_in_one_run() {
        var run =
                ended(
                        "hits",
                        shell(
                                "for n in $(seq 1 1200); do echo line $n; done; for n in $(seq 1 3); do echo %s $n >&2; sleep 0.2; echo between; done"));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + run + "/logs");
            page.getByLabel("Find").fill(word);
            page.getByRole(AriaRole.BUTTON, exactly("Show")).click();

            var found = page.locator("[aria-label='What was found']");
            assertThat(found).containsText("3 lines found");
            assertThat(found).containsText("1 of 3");
            assertThat(page.locator(".line.hit").first()).containsText(word);
            page.getByRole(AriaRole.LINK, exactly("Next")).click();
            assertThat(found).containsText("2 of 3");
            assertThat(page.locator(".line.chosen mark")).hasText(word);
            page.getByRole(AriaRole.LINK, exactly("Only these")).click();
            assertThat(page.locator("[data-line]")).hasCount(3);
            page.getByLabel("Lines").selectOption("stdout");
            page.getByRole(AriaRole.BUTTON, exactly("Show")).click();
            assertThat(found).containsText("Not found");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void following_stops_on_scrolling_up_and_goes_on_at_the_end() throws IOException {
        var run =
                started(
                        "followed",
                        shell(
                                "for n in $(seq 1 200); do echo line $n; done; "
                                        + gate("one")
                                        + "for n in $(seq 201 400); do echo line $n; done; "
                                        + gate("two")
                                        + "for n in $(seq 401 600); do echo line $n; done; "
                                        + gate("three")));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + run + "/logs");
            var follow = page.getByLabel("Follow");
            assertThat(page.locator("#L200")).isInViewport();
            assertThat(follow).isChecked();

            page.locator("[data-log]").evaluate("log => { log.scrollTop = 0; }");
            assertThat(follow).not().isChecked();
            open("one");
            page.locator("#L400")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            assertThat(page.locator("#L1")).isInViewport();

            follow.check();
            assertThat(page.locator("#L400")).isInViewport();
            open("two");
            assertThat(page.locator("#L600")).isInViewport();
            assertThat(numbers(page)).containsExactlyElementsOf(upTo(600));
            open("three");
            assertThat(follow).isHidden();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void no_line_is_lost_or_doubled_while_a_page_loads_and_over_a_cut_connection() {
        var run =
                started(
                        "hasty",
                        shell("for n in $(seq 1 400); do echo line $n; sleep 0.02; done; echo %s"));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + run + "/logs");
            page.waitForCondition(() -> numbers(page).size() > 20);
            page.context().setOffline(true);
            page.context().setOffline(false);
            page.locator("[data-line='401']").waitFor();
            assertThat(page.locator("[data-line='401']")).containsText(word);
            assertThat(numbers(page)).containsExactlyElementsOf(upTo(401));
        }
    }

    @Test
    void where_no_stream_is_to_be_had_the_lines_are_fetched_and_none_is_missing()
            throws IOException {
        var run =
                started(
                        "unwatched",
                        shell(
                                "for n in $(seq 1 100); do echo line $n; done; "
                                        + gate("more")
                                        + "for n in $(seq 101 1900); do echo line $n; done; echo %s; "
                                        + gate("end")));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            visitor.page()
                    .route(
                            Pattern.compile(".*/live.*"),
                            route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
            var page = visitor.open("/runs/" + run + "/logs");
            assertThat(page.locator("[data-line='100']")).hasText(Pattern.compile("line 100"));
            open("more");
            page.locator("[data-line='1901']").waitFor();
            assertThat(page.locator("[data-line='1901']")).containsText(word);
            assertThat(numbers(page)).containsExactlyElementsOf(upTo(1_901));
            open("end");
        }
    }

    @Test
    void a_range_of_lines_has_an_address_and_how_a_log_looks_is_remembered() {
        var run = ended("ranges", shell("for n in $(seq 1 700); do echo line $n; done"));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + run + "/logs#L12-L14");
            // The end is shown first, which hasn't got them.
            page.waitForURL(Pattern.compile(".*line=12.*"));
            assertThat(page.locator(".line.chosen")).hasCount(3);
            assertThat(page.locator("#L12")).isInViewport();
            page.getByRole(AriaRole.LINK, exactly("20")).click();
            page.getByRole(AriaRole.LINK, exactly("24"))
                    .click(
                            new Locator.ClickOptions()
                                    .setModifiers(List.of(KeyboardModifier.SHIFT)));
            assertThat(page.locator(".line.chosen")).hasCount(5);
            assertThat(page.url()).endsWith("#L20-L24");

            page.getByRole(AriaRole.LINK, exactly("since start")).click();
            assertThat(page.locator("[data-line] time").first())
                    .hasText(Pattern.compile("\\+\\d+\\.\\d{3} s"));
            visitor.open("/runs/" + run + "/logs?after=0");
            page.waitForURL(Pattern.compile(".*time=relative.*"));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    /// The page with the word looked for, once it is found.
    private Page searched(Visitor visitor) {
        var page = visitor.open("/runs");
        page.getByRole(AriaRole.LINK, exactly("Search logs")).click();
        page.getByLabel("Find").fill(word);
        // The index is some seconds behind.
        page.waitForCondition(
                () -> RestAssured.get("/api/logs/search?q=" + word).jsonPath().getInt("count") > 0);
        page.getByRole(AriaRole.BUTTON, exactly("Search")).click();
        assertThat(page.locator(".line.hit").first()).isVisible();
        return page;
    }

    private String gate(String name) {
        return "until [ -e %s ]; do sleep 0.05; done; ".formatted(gates.resolve(name));
    }

    private void open(String name) throws IOException {
        Files.createFile(gates.resolve(name));
    }

    private String shell(String command) {
        return command.replace("%s", word).replace("\"", "\\\"");
    }

    private String started(String workflow, String command) {
        var text =
                """
                {"id": "%s", "tasks": [{"id": "speak", "type": "shell", "with": {"command": "%s"}}]}
                """
                        .formatted(workflow, command);
        var source = new Source(text, Format.JSON, "journey");
        orchestrator.save(new SaveWorkflow(source, null, 0, "api", null));
        return RestAssured.given()
                .contentType("application/json")
                .body("{}")
                .post("/api/workflows/" + workflow + "/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private String ended(String workflow, String command) {
        var run = started(workflow, command);
        Door.ended(run);
        return run;
    }

    private static List<Integer> numbers(Page page) {
        return page.locator("[data-log] .number").allTextContents().stream()
                .map(Integer::valueOf)
                .toList();
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

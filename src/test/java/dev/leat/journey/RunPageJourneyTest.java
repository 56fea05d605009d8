package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Ids;
import dev.leat.testing.Scenes;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What somebody finds out on the pages of a run that has ended.
@QuarkusTest
class RunPageJourneyTest {

    private static final Path PICTURES = Path.of("target", "screens");

    @TestHTTPResource("/")
    URI home;

    @Inject Scenes scenes;

    @Inject MainOrchestrator orchestrator;

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void somebody_finds_out_which_tasks_made_a_run_take_so_long(Look look) {
        var run = Ids.text(scenes.set().failed());
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/runs/" + run);
            var words = "9 tasks on the longest path, 34.6 s of 36.0 s; the most in load, 12.0 s";
            assertThat(page.getByText(words)).isVisible();
            assertThat(page.locator(".node.way")).hasCount(9);
            assertThat(page.locator(".node.way[data-task=extract_it]")).isVisible();
            assertThat(page.locator(".node.way[data-task=extract_nl]")).hasCount(0);

            page.getByRole(AriaRole.LINK, exactly("On the timeline")).click();
            assertThat(page.locator(".gantt tbody tr")).hasCount(9);
            page.getByRole(AriaRole.LINK, exactly("All 18")).click();
            assertThat(page.locator(".gantt tbody tr")).hasCount(18);
            assertThat(page.locator(".gantt tbody tr.way")).hasCount(9);
            assertThat(
                            page.getByRole(
                                    AriaRole.ROW,
                                    new Page.GetByRoleOptions().setName(Pattern.compile("^load"))))
                    .containsText("+22.0 s");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void the_report_of_a_run_fits_on_paper() {
        var run = Ids.text(scenes.set().failed());
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + run);
            page.getByRole(AriaRole.LINK, exactly("Report")).click();
            for (var part : new String[] {"Graph", "Timeline", "Tasks", "Inputs"}) {
                assertThat(page.getByRole(AriaRole.HEADING, exactly(part))).isVisible();
            }
            assertThat(page.getByRole(AriaRole.BUTTON, exactly("Print"))).isVisible();
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            page.setViewportSize(688, 970);
            assertThat(page.getByRole(AriaRole.BUTTON, exactly("Print"))).isHidden();
            assertThat(visitor.overflow()).isZero();
            page.screenshot(
                    new ScreenshotOptions()
                            .setFullPage(true)
                            .setPath(PICTURES.resolve("PRINT-report.png")));

            var paper = new String(page.pdf(), StandardCharsets.ISO_8859_1);
            assertThat(paper).startsWith("%PDF");
            assertThat(paper.split("/Type\\s*/Page\\b(?!s)").length - 1).isBetween(1, 4);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void the_graph_is_a_file_that_needs_nothing_else() throws Exception {
        var run = Ids.text(scenes.set().failed());

        var answer = given().get("/runs/" + run + "/graph.svg");

        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"shop.nightly-orders.svg\"");
        var svg =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(answer.asByteArray()));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(answer.asString()).contains(">extract_nl<").doesNotContain("class=\"node");
    }

    @Test
    void the_path_of_a_value_is_copied_as_an_expression_has_it() {
        var run =
                ended(
                        "copied",
                        """
                        {"id": "copied", "tasks": [
                          {"id": "give", "type": "transform",
                           "with": {"value": {"rows": [1, {"a b": "deep"}]}}}]}
                        """);
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + run + "/data");
            page.getByRole(AriaRole.BUTTON, exactly("Copy the path of 1")).focus();
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS))
                    .hasText("Copied: tasks.give.output.rows[1]");
            for (var folded : page.locator("summary").all()) {
                if (folded.locator("xpath=..").getAttribute("open") == null) {
                    folded.click();
                }
            }
            page.getByRole(AriaRole.BUTTON, exactly("Copy the path of a b")).click();
            assertThat(page.getByRole(AriaRole.STATUS))
                    .hasText("Copied: tasks.give.output.rows[1][\"a b\"]");
            assertThat(visitor.barriers()).isEmpty();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void the_items_of_a_task_unfold_on_the_timeline() {
        var run =
                ended(
                        "itemised",
                        """
                        {"id": "itemised", "tasks": [
                          {"id": "each", "type": "noop", "forEach": {"items": "${ [1, 2, 3] }"}},
                          {"id": "after", "type": "noop", "dependsOn": ["each"]}]}
                        """);
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var page = visitor.open("/runs/" + run + "/timeline");
            page.getByRole(AriaRole.LINK, exactly("3 of 3 items")).click();
            assertThat(page.locator(".gantt tbody th"))
                    .hasText(
                            new Pattern[] {
                                Pattern.compile("^each"),
                                Pattern.compile("each\\.0"),
                                Pattern.compile("each\\.1"),
                                Pattern.compile("each\\.2"),
                                Pattern.compile("^after")
                            });
            page.getByRole(AriaRole.LINK, exactly("Fold")).click();
            assertThat(page.locator(".gantt tbody tr")).hasCount(2);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "PHONE"})
    void a_run_of_five_thousand_tasks_stays_usable(Look look) {
        var run = Ids.text(scenes.huge());
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/runs/" + run);
            assertThat(page.getByText("60 of 5000, those that want to be seen first")).isVisible();
            assertThat(visitor.overflow()).isZero();

            page.getByRole(AriaRole.LINK, exactly("All tasks")).click();
            assertThat(page.locator("tr[data-task]")).hasCount(100);
            page.getByRole(AriaRole.LINK, exactly("More tasks")).click();
            assertThat(page.locator("tr[data-task=task_100]")).isVisible();

            page.getByRole(AriaRole.LINK, exactly("Timeline")).click();
            assertThat(page.getByText("1 to 300 of 5000")).isVisible();
            page.getByRole(AriaRole.LINK, exactly("Further tasks")).click();
            assertThat(page.getByText("301 to 600 of 5000")).isVisible();
            assertThat(page.locator(".gantt tbody tr")).hasCount(300);
            assertThat(visitor.overflow()).isZero();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void arrow_keys_go_from_box_to_box() {
        var run = Ids.text(scenes.set().failed());
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + run);
            page.locator("a.node[data-task=merge]").focus();
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("a.node[data-task=check]")).isFocused();
            page.keyboard().press("ArrowUp");
            assertThat(page.locator("a.node[data-task=merge]")).isFocused();
        }
    }

    @Test
    void on_a_phone_the_failure_and_the_list_come_before_the_graph() {
        var run = Ids.text(scenes.set().failed());
        try (var visitor = new Visitor(home, Look.PHONE)) {
            var page = visitor.open("/runs/" + run);
            var why = top(page.getByRole(AriaRole.REGION, named("load failed")));
            var list = top(page.getByRole(AriaRole.REGION, exactly("Tasks")));
            var graph = top(page.getByRole(AriaRole.REGION, exactly("Graph")));
            assertThat(why).isLessThan(list);
            assertThat(list).isLessThan(graph);
        }
    }

    private static double top(Locator part) {
        return part.boundingBox().y;
    }

    private String ended(String workflow, String text) {
        var source = new Source(text, Format.JSON, "journey");
        orchestrator.save(new SaveWorkflow(source, null, 0, "api", null));
        var started =
                orchestrator.start(
                        new StartRun(
                                workflow, null, 0, Map.of(), Map.of(), "api", Map.of(), null,
                                null));
        orchestrator.await(started.run(), Duration.ofMinutes(1));
        return Ids.text(started.run());
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return named(name).setExact(true);
    }
}

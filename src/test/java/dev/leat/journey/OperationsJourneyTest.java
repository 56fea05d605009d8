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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
            page.getByRole(AriaRole.LINK, exactly("Mark or skip")).click();
            page.getByLabel("Output").fill("{\"half\":");
            page.getByRole(AriaRole.BUTTON, exactly("Mark task")).click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The output is no JSON");
            assertThat(page.getByLabel("Output")).hasValue("{\"half\":");
            page.getByLabel("Output").fill("{\"half\": true}");
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
            assertThat(visitor.complaints().stream().filter(each -> !each.contains("422")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void somebody_retries_from_what_failed_with_other_inputs(Look look) {
        save(
                """
                {"id": "retried", "inputs": {"type": "object", "properties": {
                   "good": {"type": "boolean", "default": false}}},
                 "tasks": [
                   {"id": "first", "type": "noop"},
                   {"id": "check", "type": "fail", "dependsOn": ["first"], "when": "${ !inputs.good }"}]}
                """);
        try (var visitor = new Visitor(home, look)) {
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
            page.getByRole(AriaRole.BUTTON, exactly("those chosen")).click();
            page.getByRole(AriaRole.BUTTON, exactly("Cancel 2 runs")).click();
            assertThat(page.getByRole(AriaRole.HEADING, exactly("Done with 2 of 2 runs")))
                    .isVisible();
            page.navigate(run);
            page.waitForCondition(
                    () -> page.reload().ok() && "Cancelled".equals(state(page).textContent()));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void somebody_cancels_all_runs_that_fit_the_filter_and_no_later_one(Look look) {
        var workflow = "fitting-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        save(
                """
                {"id": "%s", "tasks": [{"id": "long", "type": "wait", "with": {"duration": "1h"}}]}
                """
                        .formatted(workflow));
        try (var visitor = new Visitor(home, look)) {
            var first = start(visitor, workflow).url();
            start(visitor, workflow);
            var page = visitor.open("/runs?state=running&workflow=" + workflow);
            page.getByRole(AriaRole.BUTTON, exactly("all that fit the filter")).click();
            assertThat(page.getByRole(AriaRole.HEADING, exactly("Cancel 2 runs?"))).isVisible();
            assertThat(page.getByRole(AriaRole.MAIN))
                    .containsText("all runs in state Running, of workflow " + workflow);

            var later = start(workflow);
            page.getByLabel("Why").fill("no longer needed");
            page.getByRole(AriaRole.BUTTON, exactly("Cancel 2 runs")).click();
            assertThat(page.getByRole(AriaRole.HEADING, exactly("Done with 2 of 2 runs")))
                    .isVisible();

            page.navigate(first);
            page.waitForCondition(
                    () -> page.reload().ok() && "Cancelled".equals(state(page).textContent()));
            visitor.open("/runs/" + Ids.text(later));
            assertThat(state(page)).hasText("Running");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void what_was_ticked_stays_ticked_while_the_list_goes_on() {
        save(
                """
                {"id": "ticked", "tasks": [{"id": "only", "type": "noop"}]}
                """);
        var run = Ids.text(start("ticked"));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs?workflow=ticked");
            var box = page.getByLabel("Choose run " + run);
            box.check();

            appears(page, start("ticked"));
            assertThat(box).isChecked();
            assertThat(box).isFocused();

            var last = 0L;
            for (int more = 0; more < 50; more++) {
                last = start("ticked");
            }
            appears(page, last);
            assertThat(box).isChecked();
            page.getByRole(AriaRole.BUTTON, exactly("those chosen")).click();
            assertThat(page.getByRole(AriaRole.HEADING, exactly("Cancel 1 run?"))).isVisible();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static void appears(Page page, long run) {
        assertThat(page.getByLabel("Choose run " + Ids.text(run))).isVisible();
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"PHONE", "WITHOUT_SCRIPT"})
    void somebody_labels_a_run_and_finds_it_by_that(Look look) {
        save(
                """
                {"id": "labelled", "tasks": [{"id": "only", "type": "noop"}]}
                """);
        var labels = Map.of("team", "red", "draft", "yes");
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/runs/" + Ids.text(start("labelled", labels)));
            var run = page.url();
            page.getByRole(AriaRole.LINK, exactly("Label")).click();
            page.getByLabel("Value of team").fill("blue");
            page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Label draft"))
                    .getByLabel("Remove")
                    .check();
            page.getByLabel("Value", exact()).first().fill("a value without a name");
            page.getByLabel("Why").fill("moved");
            page.getByRole(AriaRole.BUTTON, exactly("Keep labels")).click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("needs a name");
            assertThat(page.getByLabel("Value of team")).hasValue("blue");
            if (look != Look.WITHOUT_SCRIPT) {
                assertThat(visitor.barriers()).isEmpty();
            }
            assertThat(visitor.overflow()).isZero();

            page.getByLabel("Name", exact()).first().fill("owner " + look);
            page.getByRole(AriaRole.BUTTON, exactly("Keep labels")).click();
            page.waitForURL(A_RUN);
            page.getByRole(
                            AriaRole.LINK,
                            exactly("owner %s=a value without a name".formatted(look)))
                    .click();
            assertThat(page.getByLabel("Choose run")).hasCount(1);
            page.navigate(run);
            assertThat(page.getByRole(AriaRole.LINK, exactly("team=blue"))).isVisible();
            assertThat(page.getByText("draft=yes")).hasCount(0);
            page.navigate(run + "/history");
            assertThat(page.getByRole(AriaRole.MAIN)).containsText("moved");
            assertThat(visitor.complaints().stream().filter(each -> !each.contains("422")))
                    .isEmpty();
        }
    }

    private static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private long start(String workflow) {
        return start(workflow, Map.of());
    }

    private long start(String workflow, Map<String, String> labels) {
        return orchestrator
                .start(
                        new StartRun(
                                workflow, null, 0, Map.of(), labels, "api", Map.of(), null, null))
                .run();
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

package dev.leat.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.MainOrchestrator.StartRun;
import dev.leat.store.Ids;
import dev.leat.testing.Paths;
import dev.leat.testing.Scenes;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page, looked at in every way. Leaves a picture of each in `target/screens`.
@QuarkusTest
class ScreensTest {

    private static final Path PICTURES = Path.of("target", "screens");

    @TestHTTPResource("/")
    URI home;

    @Inject Scenes scenes;

    @Inject MainOrchestrator orchestrator;

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "DARK", "PHONE"})
    void every_page_is_clean_reachable_for_all_and_as_wide_as_the_window(Look look) {
        var day = scenes.set();
        var wrong = new ArrayList<String>();
        try (var visitor = new Visitor(home, look)) {
            for (var path : Paths.of(day).entrySet()) {
                var page = visitor.open(path.getValue());
                picture(page, look + "-" + path.getKey());
                wrong.addAll(visitor.barriers());
                if (visitor.overflow() > 0) {
                    wrong.add(path + " is wider than the window by " + visitor.overflow());
                }
            }
            visitor.complaints().stream()
                    .filter(complaint -> !complaint.contains("status of 404"))
                    .forEach(wrong::add);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_run_of_five_thousand_tasks_can_be_looked_at() {
        var run = Ids.text(scenes.huge());
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + run);
            picture(page, "LIGHT-run-huge");

            assertThat(page.locator(".node").count()).isBetween(2, 300);
            assertThat(page.getByText("Tasks that are alike are drawn as one.").count())
                    .isEqualTo(1);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void the_sample_of_forty_tasks_is_shown_whole() throws IOException {
        var text = Files.readString(Path.of("workflows", "month-end.json"));
        var source = new Source(text, Format.JSON, "sample");
        var saved = orchestrator.save(new SaveWorkflow(source, null, 0, "api", null));
        var started = orchestrator.start(run(saved.revision().workflow));
        orchestrator.await(started.run(), Duration.ofMinutes(2));
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs/" + Ids.text(started.run()));
            page.setViewportSize(1280, 1180);
            page.reload();
            page.screenshot(new ScreenshotOptions().setPath(PICTURES.resolve("LIGHT-sample.png")));

            assertThat(page.locator(".node").count()).isGreaterThanOrEqualTo(40);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static StartRun run(String workflow) {
        var inputs = Map.<String, Object>of("fail", true);
        return new StartRun(workflow, null, 0, inputs, Map.of(), "api", Map.of(), null, null);
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    }
}

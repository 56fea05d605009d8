package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.engine.Request;
import dev.leat.engine.firing.Backfills;
import dev.leat.engine.firing.ClockFires;
import dev.leat.engine.firing.Ownership;
import dev.leat.engine.firing.TriggerSteering;
import dev.leat.engine.firing.Triggers;
import dev.leat.store.Backfill;
import dev.leat.store.Ids;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Triggers, paused, fired, made up for and looked ahead by somebody with a browser.
@QuarkusTest
class TriggerJourneyTest {

    private static final Path PICTURES = Path.of("target", "screens");
    private static final Request ANNA = new Request("api", "anna", "month end");

    @TestHTTPResource("/")
    URI home;

    @Inject MainOrchestrator orchestrator;
    @Inject Triggers triggers;
    @Inject TriggerSteering steering;
    @Inject ClockFires clockFires;
    @Inject Backfills backfills;
    @Inject Ownership ownership;

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void somebody_pauses_a_schedule_finds_what_it_skipped_and_resumes_it(Look look) {
        var workflow = nightly("paused", look, "interval\", \"every\": \"1s");
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/triggers");
            page.getByRole(AriaRole.ROW)
                    .filter(new Locator.FilterOptions().setHasText(workflow))
                    .getByRole(
                            AriaRole.LINK,
                            new Locator.GetByRoleOptions().setName("nightly").setExact(true))
                    .first()
                    .click();
            page.getByLabel("Why pause it").fill("month end");
            page.getByRole(AriaRole.BUTTON, exact("Pause")).click();
            assertThat(page.getByText("Paused by dashboard")).isVisible();
            assertThat(page.getByText("month end").first()).isVisible();

            page.waitForCondition(
                    () -> {
                        clockFires.settle(triggers.get(workflow, "nightly"));
                        return page.reload().ok()
                                && page.getByText("dashboard paused it").count() > 0;
                    });
            page.getByLabel("State").selectOption("SKIPPED");
            page.getByRole(AriaRole.BUTTON, exact("Filter")).click();
            assertThat(page.getByRole(AriaRole.REGION, exact("Ledger"))).containsText("paused");

            page.getByRole(AriaRole.BUTTON, exact("Resume")).click();
            assertThat(page.getByText("Paused by dashboard")).hasCount(0);
            assertThat(page.getByLabel("Why pause it")).isVisible();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void somebody_fires_a_trigger_now_and_sees_its_run(Look look) {
        var workflow = nightly("fired", look, "cron\", \"cron\": \"0 2 * * *");
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/workflows/" + workflow);
            page.getByRole(AriaRole.LINK, exact("nightly")).click();
            page.getByLabel("Why fire it").fill("a try");
            page.getByRole(AriaRole.BUTTON, exact("Fire now")).click();
            page.waitForURL(Pattern.compile(".*/runs/[0-9a-z]{13}$"));

            page.navigate(home + "ledger?workflow=" + workflow);
            assertThat(page.getByRole(AriaRole.MAIN)).containsText("asked for by dashboard: a try");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"PHONE", "WITHOUT_SCRIPT"})
    void somebody_previews_a_backfill_starts_it_and_sees_it_done(Look look) {
        var workflow = nightly("back", look, "cron\", \"cron\": \"0 2 * * *");
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/workflows/" + workflow + "/triggers/nightly");
            page.getByLabel("From").fill("2026-01-01");
            page.getByLabel("To, not included").fill("2026-01-04");
            page.getByLabel("Runs at once").fill("2");
            page.getByRole(AriaRole.BUTTON, exact("Preview")).click();
            assertThat(page.getByRole(AriaRole.HEADING, exact("Start 3 runs?"))).isVisible();
            assertThat(page.getByRole(AriaRole.MAIN)).containsText("Thu 1 Jan 2026, 02:00:00 UTC");
            look(visitor, look, "backfill-preview", new ArrayList<>());
            page.getByLabel("Why").fill("were off");
            page.getByRole(AriaRole.BUTTON, exact("Start backfill")).click();
            page.waitForURL(Pattern.compile(".*/backfills/[0-9a-z]{13}$"));
            page.waitForCondition(
                    () -> {
                        ownership.look();
                        backfills.drive();
                        return page.reload().ok()
                                && page.getByText("3 of 3 settled").count() == 1
                                && page.locator(".headline").getByText("Done").count() == 1;
                    });
            assertThat(page.getByRole(AriaRole.MAIN)).containsText("3 started");
            assertThat(page.getByRole(AriaRole.MAIN)).containsText("were off");
            look(visitor, look, "backfill-done", new ArrayList<>());
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void a_backfill_that_goes_on_is_cancelled_after_a_question() {
        var workflow = nightly("stopped", Look.LIGHT, "cron\", \"cron\": \"0 2 * * *", "1h");
        var from = Instant.parse("2026-01-01T00:00:00Z");
        var begun =
                backfills.begin(
                        workflow, "nightly", from, Instant.parse("2026-01-09T00:00:00Z"), 1, ANNA);
        ownership.look();
        backfills.drive();
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/backfills/" + Ids.text(begun.id()));
            page.getByRole(AriaRole.LINK, exact("Cancel")).click();
            page.getByLabel("Cancel the 1 run that goes on, too").check();
            page.getByRole(AriaRole.BUTTON, exact("Cancel backfill")).click();
            assertThat(page.getByText("cancelled by dashboard")).isVisible();
            assertThat(visitor.complaints()).isEmpty();
        }
        assertThat(backfills.get(begun.id()).state()).isEqualTo(Backfill.State.CANCELLED);
    }

    @Test
    void a_backfill_that_makes_no_sense_is_explained() {
        var workflow = nightly("senseless", Look.LIGHT, "cron\", \"cron\": \"0 2 * * *");
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var page = visitor.open("/workflows/" + workflow + "/triggers/nightly");
            page.getByLabel("From").fill("yesterday");
            page.getByRole(AriaRole.BUTTON, exact("Preview")).click();
            assertThat(page.getByText("'yesterday' is no moment")).isVisible();
        }
    }

    @Test
    void somebody_asks_what_moving_a_schedule_would_change() {
        var workflow = nightly("moved", Look.LIGHT, "cron\", \"cron\": \"0 2 * * *");
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/forecast");
            page.getByLabel("Trigger").fill(workflow + "/nightly");
            page.getByLabel("Cron expression").fill("0 * * * *");
            page.getByRole(AriaRole.BUTTON, exact("Look")).click();
            assertThat(page.getByText("If " + workflow + ", nightly moved")).isVisible();
            assertThat(page.getByText("7 now, 168 then").first()).isVisible();
            page.getByLabel("Cron expression").fill("0 25 * * *");
            page.getByRole(AriaRole.BUTTON, exact("Look")).click();
            assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
            assertThat(visitor.complaints().stream().filter(each -> !each.contains("422")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "DARK", "PHONE"})
    void every_page_is_clean_reachable_for_all_and_as_wide_as_the_window(Look look) {
        var workflow = nightly("looked-at", look, "cron\", \"cron\": \"0 2 * * *");
        var often = nightly("often", look, "interval\", \"every\": \"15m");
        var hook = nightly("hook", look, "webhook\", \"signature\": \"none");
        steering.fireNow(workflow, "nightly", ANNA, null);
        steering.pause(often, "nightly", ANNA);
        var wrong = new ArrayList<String>();
        try (var visitor = new Visitor(home, look)) {
            for (var path :
                    java.util.List.of(
                            "/",
                            "/triggers",
                            "/ledger",
                            "/forecast",
                            "/workflows/" + workflow + "/triggers/nightly",
                            "/workflows/" + often + "/triggers/nightly",
                            "/workflows/" + hook + "/triggers/nightly")) {
                visitor.open(path);
                look(visitor, look, "triggers" + path.replace('/', '-'), wrong);
            }
            wrong.addAll(visitor.complaints());
        }
        assertThat(wrong).isEmpty();
    }

    private static void look(Visitor visitor, Look look, String name, ArrayList<String> wrong) {
        visitor.page()
                .screenshot(
                        new ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(PICTURES.resolve(look + "-" + name + ".png")));
        if (look == Look.WITHOUT_SCRIPT) {
            return;
        }
        wrong.addAll(visitor.barriers());
        if (visitor.overflow() > 0) {
            wrong.add(name + " is wider than the window by " + visitor.overflow());
        }
    }

    private String nightly(String name, Look look, String type) {
        return nightly(name, look, type, null);
    }

    private String nightly(String name, Look look, String type, String naps) {
        var id = name + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var task =
                naps == null
                        ? "{\"id\": \"a\", \"type\": \"noop\"}"
                        : "{\"id\": \"a\", \"type\": \"wait\", \"with\": {\"duration\": \"%s\"}}"
                                .formatted(naps);
        var text =
                "{\"id\": \"%s\", \"tasks\": [%s], \"triggers\": [{\"id\": \"nightly\", \"type\": \"%s\"}]}"
                        .formatted(id, task, type);
        var source = new Source(text, Format.JSON, "the test");
        orchestrator.save(new SaveWorkflow(source, null, 0, "api", null));
        return id;
    }

    private static Page.GetByRoleOptions exact(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Definitions, written in the browser.
@QuarkusTest
class EditorJourneyTest {

    @TestHTTPResource("/")
    URI home;

    @Test
    void a_mistake_is_marked_while_one_types_and_saving_shows_what_changes() {
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/editor");
            write(page, text("typed", "lgo"));

            assertThat(page.locator(".cm-lintRange-error")).hasText("\"lgo\"");
            assertThat(page.locator(".problems")).containsText("line 2, column");
            page.getByText("line 2, column").click();
            assertThat(page.locator(".cm-activeLine")).containsText("lgo");

            write(page, text("typed", "log"));
            assertThat(page.getByText("Nothing is wrong with it")).isVisible();
            assertThat(page.locator(".cm-lintRange-error")).hasCount(0);
            assertThat(page.locator(".node[data-task=only]")).isVisible();
            page.keyboard().press("Control+s");
            save(page, "Save the new workflow", "First words");
            page.waitForURL("**/workflows/typed");

            page = visitor.open("/editor/typed");
            write(
                    page,
                    text("typed", "noop")
                            .replace("only", "other")
                            .replace("\"message\": \"hello\"", ""));
            button(page, "Save…").click();
            assertThat(page.locator(".changes")).containsText("removed task only");
            assertThat(page.locator(".diff del").first()).isVisible();
            assertThat(visitor.barriers()).isEmpty();
            save(page, "Save as revision 2", "Another task");
            page.waitForURL("**/workflows/typed");
            visitor.open("/workflows/typed/versions");
            assertThat(page.getByText("First words")).isVisible();
            assertThat(page.getByText("Another task")).isVisible();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void what_can_come_next_is_chosen_by_keyboard() {
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/editor");
            write(page, "{\"id\": \"next\", \"tasks\": [{\"id\": \"only\", \"type\": \"\"}]}");
            page.keyboard().press("Control+End");
            for (int step = 0; step < 4; step++) {
                page.keyboard().press("ArrowLeft");
            }
            page.keyboard().type("lo");
            choose(page, "log");
            page.keyboard().press("ArrowRight");
            page.keyboard().type(", \"wi");
            choose(page, "with");
            page.keyboard().type("\"mes");
            choose(page, "message");
            page.keyboard().type("\"${ run.wor");
            choose(page, "workflow");
            page.keyboard().type(" }");

            assertThat(page.locator("[data-editor]"))
                    .hasValue(
                            "{\"id\": \"next\", \"tasks\": [{\"id\": \"only\", \"type\": \"log\", \"with\":"
                                    + " {\"message\": \"${ run.workflow }\"}}]}");
            assertThat(page.getByText("Nothing is wrong with it")).isVisible();
            assertThat(page.locator("[data-docs]")).containsText("Write to the log");
            assertThat(visitor.barriers()).isEmpty();

            page.keyboard().press("Escape");
            page.keyboard().press("Tab");
            assertThat(button(page, "Save…")).isFocused();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void a_definition_is_mended_and_saved_without_script() {
        try (var visitor = new Visitor(home, Look.WITHOUT_SCRIPT)) {
            var page = visitor.open("/editor");
            write(page, text("plain", "lgo"));
            button(page, "Save…").click();

            assertThat(page.locator(".problems")).containsText("line 2, column");
            assertThat(page.getByLabel("Definition")).hasValue(text("plain", "lgo"));

            write(page, text("plain", "log"));
            button(page, "Check").click();
            assertThat(page.getByText("Nothing is wrong with it")).isVisible();
            assertThat(page.locator(".node[data-task=only]")).isVisible();
            button(page, "Save…").click();
            assertThat(page.locator(".changes")).containsText("added task only");
            button(page, "Back to the text").click();
            assertThat(page.getByLabel("Definition")).hasValue(text("plain", "log"));
            button(page, "Save…").click();
            save(page, "Save the new workflow", "Without script");
            page.waitForURL("**/workflows/plain");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void who_saves_second_sees_what_the_other_one_saved_and_keeps_the_text(Look look) {
        var id = "shared-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (var first = new Visitor(home, look);
                var second = new Visitor(home, look)) {
            saved(first, "/editor", text(id, "log"), "Save the new workflow");
            var late = second.open("/editor/" + id);
            saved(
                    first,
                    "/editor/" + id,
                    text(id, "log").replace("hello", "theirs"),
                    "Save as revision 2");

            var mine = text(id, "log").replace("hello", "mine");
            write(late, mine);
            button(late, "Save…").click();

            assertThat(late.getByRole(AriaRole.ALERT)).containsText("It wasn't saved");
            assertThat(late.locator(".diff").first()).containsText("theirs");
            assertThat(late.locator(".diff").last()).containsText("mine");
            button(late, "Save mine on top of theirs…").click();
            save(late, "Save as revision 3", "On top");
            late.waitForURL("**/workflows/" + id);
            second.open("/editor/" + id);
            assertThat(late.locator("[data-editor]")).hasValue(mine);
        }
    }

    @Test
    void an_old_version_is_compared_run_and_taken_back() {
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            saved(visitor, "/editor", text("older", "log"), "Save the new workflow");
            saved(
                    visitor,
                    "/editor/older",
                    text("older", "noop").replace("\"message\": \"hello\"", ""),
                    "Save as revision 2");
            var page = visitor.open("/workflows/older/versions");
            button(page, "Compare the chosen two").click();
            assertThat(page.locator(".changes")).containsText("type noop, was log");

            visitor.open("/workflows/older/versions");
            link(page, "Run revision 1").click();
            assertThat(page.getByText("which isn't the current one")).isVisible();
            button(page, "Run").click();
            page.waitForURL("**/runs/*");
            assertThat(page.locator("main")).containsText("Revision1");

            visitor.open("/workflows/older/versions");
            link(page, "Restore revision 1").click();
            button(page, "Restore revision 1").click();
            page.waitForURL("**/workflows/older/versions");
            assertThat(page.getByText("Restores revision 1.")).isVisible();
            visitor.open("/editor/older");
            assertThat(page.locator("[data-editor]")).hasValue(text("older", "log"));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void an_example_of_a_task_type_is_tried_in_the_editor() {
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/plugins/types/http");
            link(page, "Try it in the editor").click();
            assertThat(page.getByText("Nothing is wrong with it").or(page.locator(".node")).first())
                    .isVisible();
            assertThat(page.locator(".node[data-task=http]")).isVisible();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static void saved(Visitor visitor, String path, String text, String button) {
        var page = visitor.open(path);
        write(page, text);
        button(page, "Save…").click();
        save(page, button, "");
        page.waitForURL("**/workflows/*");
    }

    private static void save(Page page, String button, String why) {
        page.getByLabel("Why").fill(why);
        button(page, button).click();
    }

    private static void choose(Page page, String label) {
        var first = page.locator(".cm-tooltip-autocomplete li[aria-selected=true]");
        assertThat(first.locator(".cm-completionLabel")).hasText(label);
        // Who chooses at once didn't mean the list: the editor waits until it can have been seen.
        page.keyboard().press("Shift", new Keyboard.PressOptions().setDelay(100));
        page.keyboard().press("Enter");
    }

    /// With scripts, an editor takes the place of the textarea; the theme's switch tells them.
    private static Locator text(Page page) {
        var scripted = page.locator("[data-theme-switch]:not([hidden])").count() > 0;
        var place = page.locator(scripted ? ".cm-content" : "textarea[data-editor]");
        assertThat(place).isVisible();
        return place;
    }

    /// Pastes it in the place of all that is there.
    private static void write(Page page, String text) {
        var place = text(page);
        if (page.locator(".cm-content").count() == 0) {
            place.fill(text);
            return;
        }
        place.focus();
        page.keyboard().press("Control+a");
        place.evaluate(
                """
                (element, text) => {
                  const clipboardData = new DataTransfer();
                  clipboardData.setData("text/plain", text);
                  element.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
                }""",
                text);
    }

    private static String text(String id, String type) {
        return """
        {"id": "%s", "tasks": [
          {"id": "only", "type": "%s", "with": {"message": "hello"}}
        ]}"""
                .formatted(id, type);
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}

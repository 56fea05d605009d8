package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

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

    @ParameterizedTest
    @EnumSource(
            value = Look.class,
            names = {"LIGHT", "WITHOUT_SCRIPT"})
    void a_definition_with_a_mistake_is_mended_and_saved(Look look) {
        var id = "written-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (var visitor = new Visitor(home, look)) {
            var page = visitor.open("/editor");
            page.getByLabel("Definition").fill(text(id, "lgo"));
            button(page, "Save").click();

            assertThat(page.locator(".problems")).containsText("line 2, column");
            assertThat(page.locator(".problems")).containsText("log");
            assertThat(page.getByLabel("Definition")).hasValue(text(id, "lgo"));

            page.getByLabel("Definition").fill(text(id, "log"));
            button(page, "Check").click();
            assertThat(page.getByRole(AriaRole.STATUS).first())
                    .containsText("Nothing is wrong with it");
            assertThat(page.locator(".node[data-task=only]")).isVisible();
            button(page, "Save").click();
            page.waitForURL("**/workflows/" + id);
        }
    }

    @Test
    void who_saves_second_is_told_and_keeps_the_text() {
        try (var first = new Visitor(home, Look.LIGHT);
                var second = new Visitor(home, Look.LIGHT)) {
            var page = first.open("/editor");
            page.getByLabel("Definition").fill(text("shared", "log"));
            button(page, "Save").click();
            page.waitForURL("**/workflows/shared");
            var late = second.open("/editor/shared");
            first.open("/editor/shared").getByLabel("Definition").fill(text("shared", "log") + " ");
            button(page, "Save").click();
            page.waitForURL("**/workflows/shared");

            late.getByLabel("Definition").fill(text("shared", "log") + "  ");
            button(late, "Save").click();

            assertThat(late.getByRole(AriaRole.ALERT)).containsText("It wasn't saved");
            assertThat(late.getByLabel("Definition")).hasValue(text("shared", "log") + "  ");
        }
    }

    private static String text(String id, String type) {
        return """
        {"id": "%s", "tasks": [
          {"id": "only", "type": "%s", "with": {"message": "hello"}}
        ]}"""
                .formatted(id, type);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}

package dev.leat.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.leat.store.Ids;
import dev.leat.testing.Scenes;
import dev.leat.testing.Visitor;
import dev.leat.testing.Visitor.Look;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Getting around: the search, the palette, the keys, and views that are kept.
@QuarkusTest
class FindingJourneyTest {

    private static final String VIEW = "Nights of mine";

    @TestHTTPResource("/")
    URI home;

    @Inject Scenes scenes;

    private String failed;

    @BeforeEach
    void set() {
        failed = Ids.text(scenes.set().failed());
    }

    @AfterEach
    void forget() {
        given().delete("/api/views/" + VIEW);
    }

    @Test
    void the_palette_leads_to_a_workflow_by_a_few_letters_and_without_a_mouse() {
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/");
            page.keyboard().press("Control+k");
            var palette = page.locator("dialog.palette");
            assertThat(palette.getByRole(AriaRole.LINK).first()).containsText("Overview");
            assertThat(visitor.barriers()).isEmpty();

            page.keyboard().type("shop.nightly");
            assertThat(palette.getByRole(AriaRole.LINK).first()).containsText("Nightly orders");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");

            assertThat(page).hasURL(Pattern.compile(".*/workflows/" + Scenes.NIGHTLY));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void the_first_letters_of_a_runs_id_find_it_also_without_a_script() {
        for (var look : new Look[] {Look.LIGHT, Look.WITHOUT_SCRIPT}) {
            try (var visitor = new Visitor(home, look)) {
                var page = visitor.open("/");
                var field = page.getByRole(AriaRole.BANNER).getByRole(AriaRole.SEARCHBOX);
                field.fill(failed.substring(0, 11));
                field.press("Enter");

                var found =
                        page.locator(
                                "[data-found] a", new Page.LocatorOptions().setHasText(failed));
                assertThat(found).containsText(Scenes.NIGHTLY);
                found.click();
                assertThat(page).hasURL(Pattern.compile(".*/runs/" + failed));
            }
        }
    }

    @Test
    void keys_lead_from_page_to_page_and_from_row_to_row() {
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/");
            page.keyboard().press("g");
            page.keyboard().press("r");
            assertThat(page).hasURL(Pattern.compile(".*/runs"));

            var links = page.locator("main .list tbody tr a[href]:not(:disabled)");
            page.keyboard().press("j");
            page.keyboard().press("j");
            page.keyboard().press("k");
            assertThat(focused(page)).hasAttribute("href", links.first().getAttribute("href"));

            page.keyboard().press("?");
            var help = page.locator("#keys-help");
            assertThat(help).containsText("next row of a list");
            assertThat(visitor.barriers()).isEmpty();
            help.getByRole(AriaRole.CHECKBOX).uncheck();
            page.keyboard().press("Escape");

            page.keyboard().press("g");
            page.keyboard().press("w");
            page.keyboard().press("/");
            assertThat(page).hasURL(Pattern.compile(".*/runs"));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void keys_are_text_where_somebody_types() {
        try (var visitor = new Visitor(home, Look.LIGHT)) {
            var page = visitor.open("/runs");
            page.keyboard().press("/");
            page.keyboard().type("grj?");

            assertThat(focused(page)).hasValue("grj?");
            assertThat(page).hasURL(Pattern.compile(".*/runs"));
        }
    }

    @Test
    void a_filter_is_kept_under_a_name_found_again_and_forgotten_also_without_a_script() {
        for (var look : new Look[] {Look.LIGHT, Look.WITHOUT_SCRIPT}) {
            try (var visitor = new Visitor(home, look)) {
                var page = visitor.open("/runs?state=FAILED&workflow=" + Scenes.NIGHTLY);
                page.getByText("Save this view").click();
                page.getByRole(AriaRole.TEXTBOX, named("Name")).fill(VIEW);
                page.getByRole(AriaRole.BUTTON, named("Save")).click();

                assertThat(page).hasURL(Pattern.compile(".*/runs\\?state=FAILED&workflow=.*"));
                var kept = page.getByRole(AriaRole.LINK, named(VIEW));
                assertThat(kept).hasAttribute("aria-current", "true");
                visitor.open("/search?q=nights+mine");
                page.locator("[data-found] a", new Page.LocatorOptions().setHasText(VIEW)).click();
                assertThat(page).hasURL(Pattern.compile(".*/runs\\?state=FAILED&workflow=.*"));

                page.getByRole(AriaRole.LINK, named("All views")).click();
                page.getByRole(AriaRole.BUTTON, named("Delete view " + VIEW)).click();
                assertThat(page.getByRole(AriaRole.LINK, named("Failed nights"))).isVisible();
                assertThat(kept).hasCount(0);
                assertThat(visitor.complaints()).isEmpty();
            }
        }
    }

    @Test
    void what_no_view_can_be_is_said_with_what_was_typed() {
        given().contentType("application/json")
                .body("{\"path\": \"/elsewhere\", \"query\": \"\"}")
                .put("/api/views/" + VIEW)
                .then()
                .statusCode(422);
        assertThat(given().get("/api/views").asString()).doesNotContain(VIEW);
        given().delete("/api/views/" + VIEW).then().statusCode(404);
    }

    private static Locator focused(Page page) {
        return page.locator("*:focus");
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name).setExact(true);
    }
}

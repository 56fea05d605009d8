package dev.leat.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import dev.leat.store.Ids;
import dev.leat.testing.Paths;
import dev.leat.testing.Scenes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DashboardPagesTest {

    @Inject Scenes scenes;

    @Test
    void every_page_answers() {
        var day = scenes.set();
        var wrong = new ArrayList<String>();
        for (var path : Paths.of(day).values()) {
            var answer = given().accept("text/html").redirects().follow(false).get(path);
            if (answer.statusCode() >= 500 || answer.body().asString().contains("NOT_FOUND")) {
                wrong.add(path + " " + answer.statusCode() + answer.body().asString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void task_types_are_found_by_words_of_what_they_do() {
        var page =
                given().accept("text/html")
                        .queryParam("q", "HTTP request")
                        .get("/plugins")
                        .asString();

        assertThat(page).contains("href=\"/plugins/types/http@1\"").doesNotContain("types/noop@");
    }

    @Test
    void an_asset_is_kept_for_ever_under_its_contents_address() {
        given().get(Assets.url("app.css"))
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("immutable"));
    }

    @Test
    void the_raw_log_is_a_download_that_no_browser_shows() {
        var run = Ids.text(scenes.set().failed());

        given().get("/runs/" + run + "/log.txt?task=load&attempt=3")
                .then()
                .statusCode(200)
                .contentType("text/plain")
                .header("Content-Disposition", startsWith("attachment"))
                .body(containsString("Connection refused"));
    }
}

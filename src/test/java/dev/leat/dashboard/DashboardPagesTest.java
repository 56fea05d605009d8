package dev.leat.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import dev.leat.store.Ids;
import dev.leat.testing.Paths;
import dev.leat.testing.Scenes;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
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
    void no_page_is_heavier_than_it_may_be_with_everything_it_loads() {
        var assets = 0;
        for (var name : List.of("app.css", "app.js", "theme.js", "icon.svg")) {
            assets += compressed("/assets/" + name);
        }
        var heavy = new ArrayList<String>();
        for (var path : Paths.of(scenes.set()).values()) {
            var bytes = assets + compressed(path);
            var editor = path.startsWith("/editor");
            if (editor) {
                bytes += compressed("/assets/codemirror.js");
                bytes += compressed("/assets/editor.js") + compressed("/assets/editor.css");
            }
            if (bytes > (editor ? 220_000 : 60_000)) {
                heavy.add(path + " " + bytes);
            }
        }
        assertThat(heavy).isEmpty();
        assertThat(assets).isLessThan(20_000);
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

    @Test
    void a_run_of_five_thousand_tasks_stays_small_enough_to_show() {
        var run = scenes.huge();

        var page = given().accept("text/html").get("/runs/" + Ids.text(run));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(compressed("/runs/" + Ids.text(run))).isLessThan(40_000);
    }

    private static int compressed(String path) {
        return given().config(
                        RestAssuredConfig.config()
                                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .accept("text/html, */*")
                .header("Accept-Encoding", "gzip")
                .get(path)
                .asByteArray()
                .length;
    }
}

package dev.leat.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import dev.leat.testing.Scenes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

@QuarkusTest
class WorkflowPagesTest {

    @Inject Scenes scenes;
    @Inject MeterRegistry metrics;

    @BeforeEach
    void set() {
        scenes.set();
    }

    @Test
    void a_list_of_workflows_takes_four_questions_however_many_there_are() {
        // The workflows, the newest run of each, the runs of those in which something goes on, the
        // last changes.
        assertThat(fewest("/workflows?q=warehouse")).isLessThanOrEqualTo(4);
        assertThat(fewest("/workflows")).isLessThanOrEqualTo(4);
        assertThat(fewest("/workflows?show=failing&sort=duration")).isLessThanOrEqualTo(4);
    }

    @Test
    void a_grid_of_many_runs_asks_no_more_than_one_of_few() {
        var few = fewest("/workflows/" + Scenes.NIGHTLY + "/runs?count=25");
        var many = fewest("/workflows/ingest-events/runs?count=365");

        assertThat(many).isEqualTo(few).isLessThanOrEqualTo(6);
    }

    @Test
    void the_list_is_in_the_order_that_the_address_asks_for() {
        var names = text("/workflows?q=events");
        assertThat(names).contains(">Ingest events<");

        var failing = text("/workflows?show=failing&q=warehouse");
        assertThat(failing).doesNotContain("/workflows/warehouse-sync/run");
        var never = text("/workflows?show=never&q=nightly");
        assertThat(never).doesNotContain("/workflows/" + Scenes.NIGHTLY + "/run");
        var last = text("/workflows?sort=last&q=keeps");
        assertThat(last.indexOf("/workflows/warehouse-sync/run"))
                .isNotNegative()
                .isLessThan(last.indexOf("/workflows/ingest-events/run"));
    }

    @Test
    void a_namespace_holds_those_within_it_alone() {
        var page = text("/workflows?namespace=shop");

        assertThat(page).contains("/workflows/" + Scenes.NIGHTLY + "/run");
        assertThat(page).doesNotContain("/workflows/ingest-events/run");
    }

    @Test
    void a_graph_is_a_download_that_needs_nothing_else() throws Exception {
        var answer = given().get("/workflows/" + Scenes.NIGHTLY + "/graph.svg");

        answer.then()
                .statusCode(200)
                .contentType(startsWith("image/svg+xml"))
                .header("Content-Disposition", containsString(Scenes.NIGHTLY + ".svg"));
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(answer.body().asString())));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(answer.body().asString())
                .contains("extract_nl", "clean_up", "fill=\"#161b26\"")
                .doesNotContain("style=", "<style", "<script")
                .doesNotContainPattern("href=\"[^#]");
    }

    @Test
    void what_isnt_there_is_said() {
        given().accept("text/html")
                .get("/workflows/" + Scenes.NIGHTLY + "?task=nothing")
                .then()
                .statusCode(404)
                .body(containsString("has no task"));
        given().accept("text/html")
                .get("/workflows/" + Scenes.NIGHTLY + "/runs?revision=99")
                .then()
                .statusCode(404);
        given().accept("text/html").get("/workflows/none/runs").then().statusCode(404);
        given().accept("text/html").get("/workflows/none/triggers").then().statusCode(404);
    }

    private static String text(String path) {
        return given().accept("text/html").get(path).then().statusCode(200).extract().asString();
    }

    /// The server may ask for something of its own meanwhile, so the best of several counts.
    private int fewest(String path) {
        return IntStream.range(0, 5)
                .map(
                        _ -> {
                            var before = asked();
                            assertThat(text(path)).isNotEmpty();
                            return asked() - before;
                        })
                .min()
                .orElseThrow();
    }

    private int asked() {
        return (int) metrics.get("leat.store.questions").functionCounter().count();
    }
}

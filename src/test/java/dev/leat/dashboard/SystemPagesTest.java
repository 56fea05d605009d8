package dev.leat.dashboard;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.leat.testing.SentForm;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SystemPagesTest {

    @Test
    void the_nodes_are_listed_and_the_one_that_answers_is_marked() {
        given().accept("text/html")
                .get("/system")
                .then()
                .statusCode(200)
                .body(containsString("<h2 id=\"nodes-title\">Nodes</h2>"))
                .body(containsString("(this one)"))
                .body(containsString("href=\"#i-success\""))
                .body(containsString(">Live<"))
                .body(containsString(" of 64</td>"));
    }

    @Test
    void a_pool_is_given_places_by_a_form_and_forgets_them_by_another() {
        sent("s-printer", "4").statusCode(303).header("Location", endsWith("/system"));
        given().get("/api/pools/s-printer").then().body("places", equalTo(4));
        given().accept("text/html")
                .get("/system")
                .then()
                .body(containsString("<td>s-printer</td>"))
                .body(containsString("action=\"/system/pools/s-printer/delete\""));

        browser().post("/system/pools/s-printer/delete").then().statusCode(303);

        given().get("/api/pools/s-printer").then().body("named", equalTo(false));
        given().accept("text/html")
                .get("/system")
                .then()
                .body(not(containsString("<td>s-printer</td>")));
        browser()
                .post("/system/pools/s-printer/delete")
                .then()
                .statusCode(404)
                .contentType("text/html");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "nothing",
            value = {
                "Printer!, 3, A pool&#39;s name has",
                "'', 3, A pool&#39;s name has",
                "nothing, 3, A pool&#39;s name has",
                "s-bad, -1, A pool has from 0 to 100000 places.",
                "s-bad, 100001, A pool has from 0 to 100000 places.",
                "s-bad, many, A pool has from 0 to 100000 places.",
                "s-bad, '', A pool has from 0 to 100000 places."
            })
    void what_no_pool_can_have_is_said_above_the_form_and_stays_in_it(
            String pool, String places, String sentence) {
        var page = sent(pool, places).statusCode(422).contentType("text/html");
        page.body(containsString("role=\"alert\"")).body(containsString(sentence));
        page.body(containsString("value=\"" + places + "\""));
        given().get("/api/pools/s-bad").then().body("named", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/system/pools", "/system/pools/s-foreign/delete"})
    void a_page_of_another_site_changes_no_pool(String address) {
        browser()
                .header("Sec-Fetch-Site", "cross-site")
                .formParam("pool", "s-foreign")
                .formParam("places", "9")
                .post(address)
                .then()
                .statusCode(403);
        given().get("/api/pools/s-foreign").then().body("named", equalTo(false));
    }

    private static io.restassured.response.ValidatableResponse sent(String pool, String places) {
        var form = browser().formParam("places", places);
        return (pool == null ? form : form.formParam("pool", pool)).post("/system/pools").then();
    }

    private static RequestSpecification browser() {
        return SentForm.form();
    }
}

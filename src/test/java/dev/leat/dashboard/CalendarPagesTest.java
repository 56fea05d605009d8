package dev.leat.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CalendarPagesTest {

    @BeforeEach
    void a_calendar_and_a_blackout() {
        given().contentType("application/json")
                .body(
                        """
                        {"id": "p-days", "name": "<Our> days",
                         "holidays": [{"date": "2026-12-24", "name": "Holy <Eve>"}]}""")
                .put("/api/calendars/p-days")
                .then()
                .statusCode(201);
        given().contentType("application/json")
                .body(
                        """
                        {"id": "p-freeze", "name": "Release freeze", "workflows": ["nobody.*"],
                         "windows": [{"from": "2020-01-01", "until": "2120-01-01", "name": "century"}]}""")
                .put("/api/blackouts/p-freeze")
                .then()
                .statusCode(201);
    }

    @AfterEach
    void they_go() {
        given().delete("/api/calendars/p-days");
        given().delete("/api/blackouts/p-freeze");
    }

    @Test
    void the_list_has_the_calendars_and_the_blackouts_now() {
        var page = page("/calendars");

        assertThat(page)
                .contains("href=\"/calendars/p-days\"", "&lt;Our&gt; days", "SAT, SUN")
                .contains("Release freeze", "century", "held until its end", "nobody.*")
                .doesNotContain("<Our>");
    }

    @Test
    void a_year_shows_its_days_off() {
        var page = page("/calendars/p-days?year=2026");

        assertThat(page)
                .contains("260 business days")
                .contains("class=\"day-holiday\" title=\"Holy &lt;Eve&gt;\">24")
                .contains("<caption>December</caption>", "?year=2025", "?year=2027")
                .doesNotContain("<Eve>");
        assertThat(page("/calendars/p-days?year=2027")).contains("None in this year");
    }

    @Test
    void a_calendar_that_isnt_there_is_said_so() {
        given().accept("text/html").get("/calendars/p-nothing").then().statusCode(404);
    }

    private static String page(String path) {
        return given().accept("text/html")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .body()
                .asString();
    }
}

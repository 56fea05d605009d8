package dev.leat.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.SentForm;
import io.quarkus.test.junit.QuarkusTest;
import org.jspecify.annotations.Nullable;
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
    void a_calendar_is_written_changed_and_deleted_in_the_editor() {
        assertThat(page("/calendar-editor/calendar"))
                .contains("New calendar", "&quot;office&quot;");
        var text = "{\"id\": \"p-new\", \"name\": \"New days\", \"holidays\": [\"2026-05-04\"]}";
        send("calendar", "", text, "save", 303);
        assertThat(page("/calendars/p-new?year=2026")).contains("New days", "2026-05-04");
        assertThat(page("/calendar-editor/calendar/p-new")).contains("Edit p-new", "2026-05-04");
        send("calendar", "p-new", text.replace("05-04", "06-08"), "save", 303);
        assertThat(page("/calendars/p-new?year=2026")).contains("2026-06-08");
        send("calendar", "p-new", text, "delete", 303);
        given().accept("text/html").get("/calendars/p-new").then().statusCode(404);
    }

    @Test
    void a_blackout_with_a_problem_is_refused_and_what_was_typed_stays() {
        var answer = send("blackout", "", "{\"id\": \"p-bad\", \"windoes\": []}", "save", 422);

        assertThat(answer)
                .contains("Nothing was changed", "windoes", "did you mean", "windows")
                .contains("{&quot;id&quot;: &quot;p-bad&quot;");
    }

    @Test
    void who_saves_a_calendar_second_sees_what_the_other_one_saved() {
        var text = "{\"id\": \"p-both\", \"name\": \"Both\", \"holidays\": [\"2026-05-04\"]}";
        send("calendar", "", text, "save", 303);
        var page = page("/calendar-editor/calendar/p-both");
        var seen = page.replaceFirst("(?s).*name=\"seen\" value=\"(\\d+)\".*", "$1");
        send("calendar", "p-both", text.replace("05-04", "06-01"), "save", 303, seen);

        var mine = text.replace("05-04", "07-07");
        var answer = send("calendar", "p-both", mine, "save", 409, seen);

        assertThat(answer)
                .contains("Somebody has saved the calendar", "What you typed is kept")
                .contains("<del>06</del>", "<ins>07</ins>")
                .contains(mine.replace("\"", "&quot;"));
        var now = answer.replaceFirst("(?s).*name=\"seen\" value=\"(\\d+)\".*", "$1");
        assertThat(now).isNotEqualTo(seen);
        send("calendar", "p-both", mine, "save", 303, now);
        assertThat(page("/calendars/p-both?year=2026")).contains("2026-07-07");
        assertThat(send("calendar", "", text, "save", 409, ""))
                .contains("There is a calendar &#39;p-both&#39; already");
    }

    private static String send(String kind, String id, String text, String action, int status) {
        return send(kind, id, text, action, status, null);
    }

    private static String send(
            String kind, String id, String text, String action, int status, @Nullable String seen) {
        var form = SentForm.form();
        if (seen != null) {
            form.formParam("seen", seen);
        }
        return form.formParam("id", id)
                .formParam("text", text)
                .formParam("format", "JSON")
                .formParam("action", action)
                .post("/calendar-editor/" + kind)
                .then()
                .statusCode(status)
                .extract()
                .asString();
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

package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CalendarResourceTest {

    @Test
    void a_calendar_is_stored_shown_changed_and_removed() {
        put("r-one", "{\"id\": \"r-one\", \"name\": \"One\", \"holidays\": [\"2026-12-25\"]}")
                .statusCode(201)
                .header("Location", containsString("/api/calendars/r-one"))
                .body("changed", equalTo(true));
        given().get("/api/calendars/r-one")
                .then()
                .statusCode(200)
                .body("calendar.name", equalTo("One"))
                .body("calendar.weekend", equalTo(List.of("SAT", "SUN")))
                .body("calendar.holidays", equalTo(1))
                .body("calendar.origin", equalTo("api"))
                .body("calendar.savedBy", equalTo("Ada"))
                .body("calendar.savedAt", notNullValue())
                .body("calendar.problem", nullValue())
                .body("source", containsString("2026-12-25"));
        put("r-one", "{\"id\": \"r-one\", \"name\": \"Two\"}").statusCode(200);
        put("r-one", "{\"id\": \"r-one\", \"name\": \"Two\"}")
                .statusCode(200)
                .body("changed", equalTo(false));
        given().get("/api/calendars")
                .then()
                .body("calendars.find { it.id == 'r-one' }.name", equalTo("Two"));
        given().delete("/api/calendars/r-one").then().statusCode(204);
        given().get("/api/calendars").then().body("calendars.id", not(hasItem("r-one")));
        given().get("/api/calendars/r-one")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("There is no calendar 'r-one'."));
        given().delete("/api/calendars/r-one").then().statusCode(404);
    }

    @Test
    void all_that_is_wrong_with_a_calendar_is_answered_and_nothing_stored() {
        put("r-bad", "{\"id\": \"r-bad\", \"holidays\": [\"2026-02-30\"], \"weekends\": []}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("problems", hasSize(2))
                .body("problems[0].code", equalTo("bad-value"))
                .body("problems[0].pointer", equalTo("/holidays/0"))
                .body("problems[1].code", equalTo("unknown-key"));
        put("r-bad", "{\"id\": \"r-other\"}").statusCode(422);
        put("r-bad", "").statusCode(400);
        given().get("/api/calendars/r-bad").then().statusCode(404);
    }

    @Test
    void an_icalendar_takes_its_id_from_the_address() {
        var ics =
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\n"
                        + "SUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        given().contentType("text/calendar")
                .body(ics)
                .put("/api/calendars/r-ics")
                .then()
                .statusCode(201);
        given().get("/api/calendars/r-ics/days?year=2027")
                .then()
                .statusCode(200)
                .body("daysOff", hasSize(1))
                .body("daysOff[0].date", equalTo("2027-01-01"))
                .body("daysOff[0].reason", equalTo("New Year"))
                .body("businessDays", equalTo(260))
                .body("months[0].first", equalTo("2027-01-04"))
                .body("months[11].last", equalTo("2027-12-31"));
        given().get("/api/calendars/r-ics/days").then().statusCode(200);
        given().get("/api/calendars/r-ics/days?year=10000").then().statusCode(422);
        given().delete("/api/calendars/r-ics").then().statusCode(204);
    }

    @Test
    void a_blackout_tells_its_window_now_and_the_next() {
        var body =
                "{\"id\": \"r-freeze\", \"action\": \"skip\", \"workflows\": [\"nobody.*\"],"
                        + " \"windows\": [{\"from\": \"2020-01-01\", \"until\": \"2120-01-01\", \"name\": \"long\"},"
                        + " {\"from\": \"2121-01-01\", \"until\": \"2121-01-02\"}]}";
        given().contentType("application/json")
                .body(body)
                .post("/api/blackouts")
                .then()
                .statusCode(201)
                .body("id", equalTo("r-freeze"));
        given().get("/api/blackouts")
                .then()
                .body("blackouts.find { it.id == 'r-freeze' }.action", equalTo("skip"))
                .body(
                        "blackouts.find { it.id == 'r-freeze' }.now.until",
                        equalTo("2120-01-01T00:00:00Z"))
                .body(
                        "blackouts.find { it.id == 'r-freeze' }.next.from",
                        equalTo("2121-01-01T00:00:00Z"));
        given().get("/api/blackouts/r-freeze")
                .then()
                .body("blackout.now.name", equalTo("long"))
                .body("source", equalTo(body));
        given().delete("/api/blackouts/r-freeze").then().statusCode(204);
        given().get("/api/blackouts/r-freeze").then().statusCode(404);
    }

    @Test
    void editors_get_schemas() {
        given().get("/schema/calendar-v1.json")
                .then()
                .statusCode(200)
                .body("$defs.calendar.properties.weekend", notNullValue());
        given().get("/schema/blackout-v1.json")
                .then()
                .statusCode(200)
                .body("$defs.blackout.required", hasItem("windows"));
    }

    private static ValidatableResponse put(String id, String body) {
        return given().contentType("application/json")
                .header("Leat-Actor", "Ada")
                .body(body)
                .put("/api/calendars/" + id)
                .then();
    }
}

package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.leat.engine.firing.Backfills;
import dev.leat.engine.firing.ClockFires;
import dev.leat.engine.firing.Ownership;
import dev.leat.engine.firing.Triggers;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Triggers over REST: seen, steered, made up for, and looked ahead.
@QuarkusTest
class TriggerResourceTest {

    private static final String NIGHTLY =
            "{\"id\": \"nightly\", \"type\": \"cron\", \"cron\": \"0 2 * * *\", \"timezone\": \"Europe/Berlin\"}";

    @TestHTTPResource("/")
    URI home;

    @Inject Triggers triggers;
    @Inject ClockFires clockFires;
    @Inject Backfills backfills;
    @Inject Ownership ownership;

    /// As the clock's tick does, which doesn't run here.
    private void drive() {
        ownership.look();
        backfills.drive();
    }

    @Test
    void a_trigger_says_in_words_what_it_does_and_when_next() {
        save(
                "t-seen",
                NIGHTLY,
                "{\"id\": \"hook\", \"type\": \"webhook\", \"signature\": \"none\"}");
        trigger("t-seen", "nightly")
                .body("type", equalTo("cron"))
                .body("sentence", equalTo("at 02:00 every day, Europe/Berlin"))
                .body("enabled", is(true))
                .body("timezone", equalTo("Europe/Berlin"))
                .body("next", hasSize(5))
                .body("next[0].local", containsString("T02:00+0"))
                .body("$", not(hasKey("pause")))
                .body("$", not(hasKey("lastFire")));
        trigger("t-seen", "hook")
                .body("url", equalTo("/hooks/t-seen/hook"))
                .body("next", hasSize(0));
        given().get("/api/workflows/t-seen/triggers")
                .then()
                .statusCode(200)
                .body("triggers.id", contains("nightly", "hook"));
    }

    @Test
    void what_is_not_there_is_said_with_what_is() {
        save("t-missing", NIGHTLY);
        given().get("/api/workflows/t-missing/triggers/hourly")
                .then()
                .statusCode(404)
                .body("detail", containsString("It has: nightly."));
        given().get("/api/workflows/t-nobody/triggers").then().statusCode(404);
        given().get("/api/backfills/0000000000000").then().statusCode(404);
    }

    @Test
    void all_triggers_come_in_pages_that_go_by_key() {
        save("t-page-a", NIGHTLY, cron("second", "0 3 * * *"));
        save("t-page-b", cron("only", "0 3 * * *"));
        var next = "/api/triggers?type=cron&limit=1";
        var seen = new java.util.ArrayList<String>();
        while (next != null) {
            var page = given().urlEncodingEnabled(false).get(next).then().statusCode(200).extract();
            page.jsonPath()
                    .getList("triggers", java.util.Map.class)
                    .forEach(each -> seen.add(each.get("workflow") + "/" + each.get("id")));
            next = page.path("next");
        }
        assertThat(seen)
                .doesNotHaveDuplicates()
                .containsSubsequence("t-page-a/nightly", "t-page-a/second", "t-page-b/only");
        given().get("/api/triggers?type=tuesday").then().statusCode(400);
    }

    @Test
    void a_paused_trigger_says_who_and_why_and_pausing_twice_names_them() {
        save("t-pause", NIGHTLY);
        steer("t-pause", "pause", "anna", "month end")
                .statusCode(200)
                .body("pause.by", equalTo("anna"))
                .body("pause.why", equalTo("month end"))
                .body("pause.at", notNullValue());
        steer("t-pause", "pause", "ben", "me too")
                .statusCode(409)
                .body("detail", containsString("by anna"))
                .body("detail", containsString("month end"));
        given().get("/api/triggers?paused=true&workflow=t-pause")
                .then()
                .body("triggers.id", contains("nightly"));
        steer("t-pause", "resume", "ben", "done").statusCode(200).body("pause", nullValue());
        steer("t-pause", "resume", "ben", "again").statusCode(409);
        given().get("/api/triggers?paused=true&workflow=t-pause")
                .then()
                .body("triggers", hasSize(0));
    }

    @Test
    void what_a_paused_trigger_skips_is_in_the_ledger_with_its_reason() {
        save("t-skips", NIGHTLY, interval("often", "1s"));
        given().header("Leat-Actor", "anna")
                .body("{\"reason\": \"too often\"}")
                .post("/api/workflows/t-skips/triggers/often/pause")
                .then()
                .statusCode(200);
        await(
                () -> {
                    clockFires.settle(triggers.get("t-skips", "often"));
                    return !given().get("/api/fires?workflow=t-skips&trigger=often&state=skipped")
                            .jsonPath()
                            .getList("fires")
                            .isEmpty();
                });
        given().get("/api/fires?workflow=t-skips&state=SKIPPED&limit=1")
                .then()
                .statusCode(200)
                .body("fires[0].cause", equalTo("PAUSED"))
                .body("fires[0].reason", containsString("anna paused it"))
                .body("fires[0].reason", containsString("too often"))
                .body("fires[0]", not(hasKey("run")));
        trigger("t-skips", "often").body("lastDay.SKIPPED", greaterThan(0));
    }

    @Test
    void firing_now_starts_a_run_paused_or_not_and_the_ledger_names_who_asked() {
        save("t-now", NIGHTLY);
        steer("t-now", "pause", "anna", "x").statusCode(200);
        var run =
                fire("t-now", "{\"reason\": \"a try\"}")
                        .statusCode(202)
                        .header("Location", startsWith("/api/runs/"))
                        .body("fire.state", equalTo("STARTED"))
                        .body("fire.slot", startsWith("asked "))
                        .body("fire.reason", equalTo("asked for by ben: a try"))
                        .extract()
                        .<String>path("run.id");
        given().get("/api/runs/" + run).then().body("trigger", equalTo("cron"));
        given().get("/api/fires?workflow=t-now&state=STARTED")
                .then()
                .body("fires.run", contains(run));
        trigger("t-now", "nightly").body("lastFire.run", equalTo(run));
    }

    @Test
    void firing_now_takes_inputs_and_refuses_those_that_do_not_fit() {
        put(
                "t-inputs",
                "{\"id\": \"t-inputs\", \"inputs\": {\"properties\": {\"day\": {\"type\": \"string\"}}}, "
                        + "\"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"triggers\": ["
                        + NIGHTLY
                        + "]}");
        var run =
                fire("t-inputs", "{\"inputs\": {\"day\": \"Monday\"}}")
                        .statusCode(202)
                        .extract()
                        .<String>path("run.id");
        given().get("/api/runs/" + run).then().body("inputs.day", equalTo("Monday"));
        fire("t-inputs", "{\"inputs\": {\"day\": 3}}")
                .statusCode(422)
                .body("detail", containsString("could not start a run"));
        given().get("/api/fires?workflow=t-inputs&state=MISSED")
                .then()
                .body("fires.cause", contains("REFUSED"));
    }

    @Test
    void firing_now_respects_the_most_active_runs() {
        put(
                "t-active",
                "{\"id\": \"t-active\", \"tasks\": [{\"id\": \"a\", \"type\": \"wait\", \"with\": {\"duration\": \"1h\"}}], "
                        + "\"triggers\": [{\"id\": \"nightly\", \"type\": \"cron\", \"cron\": \"0 2 * * *\", \"maxActive\": 1}]}");
        var run = fire("t-active", "").statusCode(202).extract().<String>path("run.id");
        fire("t-active", "").statusCode(409).body("detail", containsString("its maxActive is 1"));
        trigger("t-active", "nightly").body("active", contains(run));
        given().post("/api/runs/" + run + "/cancel").then().statusCode(202);
    }

    @Test
    void who_follows_the_ledger_is_told_of_a_missed_fire_and_of_no_other() throws Exception {
        put(
                "t-told",
                "{\"id\": \"t-told\", \"inputs\": {\"required\": [\"day\"], \"properties\": {\"day\": {\"type\": \"string\"}}}, "
                        + "\"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"triggers\": ["
                        + NIGHTLY.replace("}", ", \"inputs\": {\"day\": \"x\"}}")
                        + "]}");
        var request =
                HttpRequest.newBuilder(home.resolve("/api/fires/events?state=MISSED"))
                        .header("Accept", "text/event-stream")
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            var lines = client.send(request, HttpResponse.BodyHandlers.ofLines()).body().iterator();
            assertThat(lines.next()).contains("following");
            fire("t-told", "{\"inputs\": {\"day\": \"x\"}}").statusCode(202);
            fire("t-told", "{\"inputs\": {\"day\": 3}}").statusCode(422);
            var data = "";
            while (!data.startsWith("data:")) {
                data = lines.next();
            }
            assertThat(data).contains("\"state\":\"MISSED\"", "\"workflow\":\"t-told\"");
            client.shutdownNow();
        }
    }

    @Test
    void the_next_fires_are_previewed_from_any_moment_with_what_a_clock_change_does() {
        save("t-next", cron("gap", "30 2 * * *", "Europe/Berlin"));
        given().get("/api/workflows/t-next/triggers/gap/next?from=2027-03-27&count=3")
                .then()
                .statusCode(200)
                .body("fires", hasSize(3))
                .body("fires[1].mark", equalTo("AFTER_GAP"))
                .body("fires[1].nominal", equalTo("2027-03-28T01:00:00Z"))
                .body("fires[1].note", containsString("doesn't exist"));
        given().get("/api/workflows/t-next/triggers/gap/next?from=tomorrow")
                .then()
                .statusCode(400)
                .body("detail", containsString("'tomorrow' is no moment"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cron\": \"0 2 * * 1-5\"} | at 02:00 from Monday to Friday, UTC",
                "{\"cron\": \"*/5 * * * *\"} | every 5 minutes, UTC",
                "{\"cron\": \"@hourly\", \"timezone\": \"Asia/Tokyo\"} | every hour, Asia/Tokyo",
                "{\"cron\": \"0 9-17 * * *\"} | every hour from 09:00 to 17:00, UTC",
                "{\"cron\": \"0 0 L * *\"} | at 00:00 on the last day of the month, UTC",
                "{\"cron\": \"0 6,18 * JAN,7 TUE#2\"} | at 06:00 and 18:00 on the second Tuesday of the month in January and July, UTC",
                "{\"cron\": \"1-3 2 1 * MON\"} | by the cron expression 1-3 2 1 * MON, UTC",
                "{\"every\": \"15m\", \"jitter\": \"30s\"} | every 15m, up to 30s later",
                "{\"at\": \"2099-01-01T00:00:00Z\"} | once, at 2099-01-01T00:00:00Z"
            })
    void a_schedule_that_is_not_stored_is_told_in_words(String body, String sentence) {
        preview(body)
                .body("valid", is(true))
                .body("sentence", equalTo(sentence))
                .body("next[0]", notNullValue());
    }

    @Test
    void all_that_is_wrong_with_a_schedule_is_said() {
        preview("{\"cron\": \"0 25 * * *\", \"timezone\": \"Europe/Berlim\"}")
                .body("valid", is(false))
                .body("next", hasSize(0))
                .body("problems.pointer", contains("/cron", "/timezone"))
                .body("problems[1].hint", containsString("Europe/Berlin"));
        preview("{\"cronn\": \"0 2 * * *\"}").body("valid", is(false));
        given().body("[]").post("/api/schedules/preview").then().statusCode(400);
    }

    @Test
    void a_backfill_is_previewed_runs_and_is_in_the_ledger() {
        save("t-back", NIGHTLY);
        var asked = backfill("t-back", "2026-01-01", "2026-01-04", "\"atOnce\": 2");
        given().body(asked)
                .post("/api/backfills?dryRun=true")
                .then()
                .statusCode(200)
                .body("total", equalTo(3))
                .body("fires[0].nominal", equalTo("2026-01-01T01:00:00Z"));
        given().get("/api/backfills?workflow=t-back").then().body("backfills", hasSize(0));
        var id =
                given().header("Leat-Actor", "anna")
                        .body(asked)
                        .post("/api/backfills")
                        .then()
                        .statusCode(202)
                        .header("Location", startsWith("/api/backfills/"))
                        .body("total", equalTo(3))
                        .body("by", equalTo("anna"))
                        .extract()
                        .<String>path("id");
        await(
                () -> {
                    drive();
                    return "DONE".equals(given().get("/api/backfills/" + id).path("state"));
                });
        given().get("/api/backfills/" + id)
                .then()
                .body("settled", equalTo(3))
                .body("ends.STARTED", equalTo(3))
                .body("active", hasSize(0));
        given().get("/api/fires?backfill=" + id + "&since=2026-01-02")
                .then()
                .body("fires", hasSize(2))
                .body("fires.backfill", everyItem(equalTo(id)));
        given().post("/api/backfills/" + id + "/cancel").then().statusCode(409);
    }

    @Test
    void a_cancelled_backfill_starts_no_more_and_can_take_its_runs_along() {
        put(
                "t-stop",
                "{\"id\": \"t-stop\", \"tasks\": [{\"id\": \"a\", \"type\": \"wait\", \"with\": {\"duration\": \"1h\"}}], \"triggers\": ["
                        + NIGHTLY
                        + "]}");
        var id =
                given().body(backfill("t-stop", "2026-01-01", "2026-01-10", "\"atOnce\": 1"))
                        .post("/api/backfills")
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id");
        drive();
        given().get("/api/backfills/" + id).then().body("active", hasSize(1));
        var run = given().get("/api/backfills/" + id).<String>path("active[0]");
        given().header("Leat-Actor", "anna")
                .body("{\"runs\": true, \"reason\": \"wrong range\"}")
                .post("/api/backfills/" + id + "/cancel")
                .then()
                .statusCode(200)
                .body("state", equalTo("CANCELLED"))
                .body("reason", equalTo("cancelled by anna: wrong range"));
        await(() -> "CANCELLED".equals(given().get("/api/runs/" + run).path("state")));
    }

    @Test
    void a_backfill_waits_for_the_room_that_the_most_active_runs_leave() {
        put(
                "t-room",
                "{\"id\": \"t-room\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"triggers\": ["
                        + NIGHTLY.replace("}", ", \"maxActive\": 1}")
                        + "]}");
        var id =
                given().body(backfill("t-room", "2026-01-01", "2026-01-06", "\"atOnce\": 3"))
                        .post("/api/backfills")
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id");
        await(
                () -> {
                    drive();
                    return "DONE".equals(given().get("/api/backfills/" + id).path("state"));
                });
        given().get("/api/backfills/" + id).then().body("ends", equalTo(Map.of("STARTED", 5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"workflow\": \"t-bad\", \"trigger\": \"nightly\", \"from\": \"yesterday\", \"to\": \"2026-01-02\"}",
                "{\"workflow\": \"t-bad\", \"trigger\": \"nightly\", \"from\": \"2026-01-02\", \"to\": \"2026-01-01\"}",
                "{\"workflow\": \"t-bad\", \"trigger\": \"nightly\", \"from\": \"2026-01-01\", \"to\": \"2026-01-02\", \"atOnce\": 0}",
                "{\"workflow\": \"t-bad\", \"trigger\": \"nightly\", \"from\": \"1900-01-01\", \"to\": \"2026-01-01\"}",
                "{\"workflow\": \"t-bad\", \"trigger\": \"hook\", \"from\": \"2026-01-01\", \"to\": \"2026-01-02\"}"
            })
    void a_backfill_that_makes_no_sense_is_refused(String body) {
        save(
                "t-bad",
                NIGHTLY,
                "{\"id\": \"hook\", \"type\": \"webhook\", \"signature\": \"none\"}");
        given().body(body).post("/api/backfills").then().statusCode(422);
        given().get("/api/backfills?workflow=t-bad").then().body("backfills", hasSize(0));
    }

    @Test
    void the_forecast_tells_what_starts_how_long_it_takes_and_what_moving_it_would_do() {
        save("t-ahead", cron("nightly", "0 2 * * *"));
        fire("t-ahead", "").statusCode(202);
        await(
                () ->
                        given().get("/api/forecast?days=3&workflow=t-ahead")
                                        .path("triggers[0].median")
                                != null);
        given().get("/api/forecast?days=3&workflow=t-ahead")
                .then()
                .statusCode(200)
                .body("fires", equalTo(3))
                .body("peak", equalTo(1))
                .body("triggers[0].total", equalTo(3))
                .body("triggers[0].runs", equalTo(1))
                .body("triggers[0].fires", hasSize(3))
                .body("halfHours", hasSize(3))
                .body("free", not(hasSize(0)))
                .body("complete", is(true));
        given().body(
                        "{\"workflow\": \"t-ahead\", \"trigger\": \"nightly\", \"cron\": \"0 * * * *\", \"days\": 2}")
                .post("/api/forecast")
                .then()
                .statusCode(200)
                .body("firesBefore", equalTo(2))
                .body("firesAfter", equalTo(48))
                .body("sentenceAfter", equalTo("every hour, UTC"))
                .body("forecast.triggers.workflow", hasItem("t-ahead"));
        given().body("{\"workflow\": \"t-ahead\", \"trigger\": \"nightly\", \"cron\": \"0 * *\"}")
                .post("/api/forecast")
                .then()
                .statusCode(422)
                .body("problems.pointer", contains("/cron"));
        given().get("/api/forecast?days=32").then().statusCode(400);
    }

    @Test
    void a_trigger_that_fires_each_second_is_told_in_short_and_paused_ones_by_name() {
        save("t-often", interval("often", "1s"), cron("held", "0 2 * * *"));
        given().post("/api/workflows/t-often/triggers/held/pause").then().statusCode(200);
        given().get("/api/forecast?days=7&workflow=t-often")
                .then()
                .body("triggers.trigger", contains("often"))
                .body("triggers[0].every", equalTo("1s"))
                .body("triggers[0].fires", hasSize(50))
                .body("triggers[0].total", greaterThan(600_000))
                .body("triggers[0].total", lessThan(610_000))
                .body("peak", anyOf(equalTo(1800), equalTo(1801)))
                .body("complete", is(false))
                .body("paused", contains("t-often/held"));
    }

    private static ValidatableResponse preview(String body) {
        return given().body(body).post("/api/schedules/preview").then().statusCode(200);
    }

    private static String backfill(String workflow, String from, String to, String more) {
        return "{\"workflow\": \"%s\", \"trigger\": \"nightly\", \"from\": \"%s\", \"to\": \"%s\", %s}"
                .formatted(workflow, from, to, more);
    }

    private static ValidatableResponse trigger(String workflow, String id) {
        return given().get("/api/workflows/" + workflow + "/triggers/" + id).then().statusCode(200);
    }

    private static ValidatableResponse steer(String workflow, String what, String who, String why) {
        return given().header("Leat-Actor", who)
                .body("{\"reason\": \"" + why + "\"}")
                .post("/api/workflows/" + workflow + "/triggers/nightly/" + what)
                .then();
    }

    private static ValidatableResponse fire(String workflow, String body) {
        return given().header("Leat-Actor", "ben")
                .body(body)
                .post("/api/workflows/" + workflow + "/triggers/nightly/fire")
                .then();
    }

    private static String cron(String id, String cron) {
        return cron(id, cron, "UTC");
    }

    private static String cron(String id, String cron, String zone) {
        return "{\"id\": \"%s\", \"type\": \"cron\", \"cron\": \"%s\", \"timezone\": \"%s\"}"
                .formatted(id, cron, zone);
    }

    private static String interval(String id, String every) {
        return "{\"id\": \"%s\", \"type\": \"interval\", \"every\": \"%s\"}".formatted(id, every);
    }

    private static void save(String id, String... triggers) {
        put(
                id,
                "{\"id\": \"%s\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\"}], \"triggers\": [%s]}"
                        .formatted(id, String.join(", ", List.of(triggers))));
    }

    private static void put(String id, String text) {
        given().contentType("application/json")
                .body(text)
                .put("/api/workflows/" + id)
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}

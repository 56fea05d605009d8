package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PoolResourceTest {

    private final SlowRuns runs = new SlowRuns();

    @AfterEach
    void end_what_still_runs() {
        runs.close();
    }

    @Test
    void a_pool_that_nobody_gave_a_number_has_one_place() {
        given().get("/api/pools/p-unknown")
                .then()
                .statusCode(200)
                .body("name", equalTo("p-unknown"))
                .body("places", equalTo(1))
                .body("free", equalTo(1))
                .body("taken", equalTo(0))
                .body("named", equalTo(false));
        given().get("/api/pools").then().body("pools.name", not(hasItem("p-unknown")));
    }

    @Test
    void a_pool_is_given_places_and_forgets_them_again() {
        size("p-sized", 3).statusCode(200).body("places", equalTo(3)).body("named", equalTo(true));
        size("p-sized", 5).statusCode(200).body("places", equalTo(5));
        given().get("/api/pools")
                .then()
                .body("pools.find { it.name == 'p-sized' }.places", equalTo(5));
        given().delete("/api/pools/p-sized").then().statusCode(204);
        given().get("/api/pools/p-sized")
                .then()
                .body("places", equalTo(1))
                .body("named", equalTo(false));
        given().delete("/api/pools/p-sized")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("'p-sized'"));
    }

    @Test
    void a_task_that_waits_for_a_place_says_so_and_goes_on_once_there_is_one() {
        var first = runs.start("p-one", Texts.pooled("p-one", "p-grows"));
        SlowRuns.until(first, "tasks[0].state", "RUNNING");
        var second = runs.start("p-two", Texts.pooled("p-two", "p-grows"));
        SlowRuns.until(second, "tasks[0].state", "WAITING");

        given().get("/api/runs/" + second)
                .then()
                .body("tasks[0].reason", containsString("pool 'p-grows'"))
                .body("tasks[0].reason", containsString(first));
        given().get("/api/pools/p-grows")
                .then()
                .body("taken", equalTo(1))
                .body("free", equalTo(0))
                .body("holders", hasSize(1))
                .body("holders[0].run", equalTo(first))
                .body("holders[0].task", equalTo("sleep"));

        size("p-grows", 2).statusCode(200);

        SlowRuns.until(second, "tasks[0].state", "RUNNING");
        given().get("/api/pools/p-grows").then().body("holders", hasSize(2));
        size("p-grows", 1).body("taken", equalTo(2)).body("free", equalTo(0));
        given().delete("/api/pools/p-grows").then().statusCode(204);
    }

    @Test
    void a_pool_without_places_lets_nobody_in_until_it_is_forgotten() {
        size("p-closed", 0).statusCode(200).body("free", equalTo(0));
        var run = runs.start("p-none", Texts.pooled("p-none", "p-closed"));
        SlowRuns.until(run, "tasks[0].state", "WAITING");

        given().delete("/api/pools/p-closed").then().statusCode(204);

        SlowRuns.until(run, "tasks[0].state", "RUNNING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"places\": null}",
                "{\"places\": -1}",
                "{\"places\": 100001}",
                "{\"places\": 1.5}",
                "{\"places\": \"3\"}"
            })
    void a_number_that_no_pool_can_have_is_refused(String body) {
        given().body(body)
                .put("/api/pools/p-refused")
                .then()
                .statusCode(422)
                .body("problems", hasSize(1))
                .body("problems[0].pointer", equalTo("/places"))
                .body("problems[0].message", containsString("from 0 to 100000"));
        given().get("/api/pools/p-refused").then().body("named", equalTo(false));
    }

    @Test
    void an_unknown_field_is_refused() {
        given().body("{\"places\": 1, \"size\": 1}")
                .put("/api/pools/p-refused")
                .then()
                .statusCode(422)
                .body("problems[0].code", equalTo("unknown-field"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Printer", "-printer", "a+b", "_printer"})
    void a_name_that_no_task_could_give_is_refused(String name) {
        given().get("/api/pools/" + name).then().statusCode(422);
        size(name, 1).statusCode(422).body("detail", containsString("A pool's name"));
        given().delete("/api/pools/" + name).then().statusCode(422);
    }

    @Test
    void a_name_may_not_be_longer_than_tasks_can_give_it() {
        size("p" + "x".repeat(62), 1).statusCode(200);
        size("p" + "x".repeat(63), 1).statusCode(422);
        given().delete("/api/pools/p" + "x".repeat(62)).then().statusCode(204);
    }

    private static io.restassured.response.ValidatableResponse size(String pool, int places) {
        return given().contentType("application/json")
                .body("{\"places\": " + places + "}")
                .put("/api/pools/" + pool)
                .then();
    }
}

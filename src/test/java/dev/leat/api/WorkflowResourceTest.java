package dev.leat.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WorkflowResourceTest {

    private static final String PROBLEM = "application/problem+json";

    @Test
    void a_put_stores_a_workflow_and_the_same_again_changes_nothing() {
        put("w-put", Texts.hello("w-put"))
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", endsWith("/api/workflows/w-put"))
                .body("revision", equalTo(1))
                .body("created", equalTo(true));
        put("w-put", Texts.hello("w-put"))
                .statusCode(200)
                .body("revision", equalTo(1))
                .body("created", equalTo(false));
        put("w-put", Texts.hello("w-put").replace("Hello,", "Hi,"))
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("revision", equalTo(2));
    }

    @Test
    void a_get_answers_the_text_exactly_as_it_was_stored() {
        var text = Texts.hello("w-get");
        put("w-get", text).statusCode(201);
        given().get("/api/workflows/w-get")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .header("Cache-Control", "no-store")
                .body("source", equalTo(text))
                .body("format", equalTo("JSON"))
                .body("labels.team", equalTo("bi"))
                .body("origin", equalTo("api"));
        given().get("/api/workflows").then().body("workflows.id", hasItem("w-get"));
    }

    @Test
    void yaml_is_told_by_its_type() {
        given().contentType("application/yaml")
                .body("id: w-yaml\ntasks:\n  - id: a\n    type: noop\n".getBytes(UTF_8))
                .put("/api/workflows/w-yaml")
                .then()
                .statusCode(201);
        given().get("/api/workflows/w-yaml").then().body("format", equalTo("YAML"));
    }

    @Test
    void a_post_takes_the_id_from_the_text() {
        given().contentType("application/json")
                .body(Texts.hello("w-post"))
                .post("/api/workflows")
                .then()
                .statusCode(201)
                .body("id", equalTo("w-post"));
    }

    @Test
    void another_id_in_the_text_than_in_the_address_is_refused() {
        put("w-other", Texts.hello("w-this")).statusCode(422).contentType(PROBLEM);
        given().get("/api/workflows/w-other").then().statusCode(404);
        given().get("/api/workflows/w-this").then().statusCode(404);
    }

    @Test
    void a_text_with_errors_is_answered_with_all_of_them_and_not_stored() {
        put(
                        "w-bad",
                        """
                        {
                          "id": "w-bad",
                          "tasks": [
                            {"id": "a", "type": "lgo"},
                            {"id": "b", "type": "noop", "dependOn": ["a"]}
                          ]
                        }
                        """)
                .statusCode(422)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:leat:problem:invalid"))
                .body("status", equalTo(422))
                .body("problems.pointer", hasItem("/tasks/0/type"))
                .body("problems.findAll { it.line == 5 }", hasSize(1))
                .body("problems.hint", hasItem(containsString("dependsOn")));
        given().get("/api/workflows/w-bad").then().statusCode(404);
    }

    @Test
    void who_edited_an_older_revision_is_told() {
        put("w-edit", Texts.hello("w-edit"));
        put("w-edit", Texts.hello("w-edit").replace("Hello,", "Hi,"));
        given().header("If-Match", "\"1\"")
                .contentType("application/json")
                .body(Texts.hello("w-edit").replace("Hello,", "Hey,"))
                .put("/api/workflows/w-edit")
                .then()
                .statusCode(412)
                .contentType(PROBLEM)
                .body("detail", containsString("revision 2"));
        given().header("If-Match", "\"2\"")
                .contentType("application/json")
                .body(Texts.hello("w-edit").replace("Hello,", "Hey,"))
                .put("/api/workflows/w-edit")
                .then()
                .statusCode(200);
        given().header("If-Match", "W/2")
                .contentType("application/json")
                .body(Texts.hello("w-edit"))
                .put("/api/workflows/w-edit")
                .then()
                .statusCode(400);
    }

    @Test
    void who_wants_to_create_does_not_replace() {
        put("w-new", Texts.hello("w-new"));
        given().header("If-None-Match", "*")
                .contentType("application/json")
                .body(Texts.hello("w-new"))
                .put("/api/workflows/w-new")
                .then()
                .statusCode(412);
        given().header("If-Match", "*")
                .contentType("application/json")
                .body(Texts.hello("w-none"))
                .put("/api/workflows/w-none")
                .then()
                .statusCode(412);
    }

    @Test
    void revisions_are_listed_newest_first_and_kept_word_for_word() {
        put("w-rev", Texts.hello("w-rev"));
        put("w-rev", Texts.hello("w-rev").replace("Hello,", "Hi,"));
        given().get("/api/workflows/w-rev/revisions")
                .then()
                .body("revisions.number", equalTo(java.util.List.of(2, 1)))
                .body("revisions.hash", not(hasItem("")));
        given().get("/api/workflows/w-rev/revisions/1")
                .then()
                .body("source", equalTo(Texts.hello("w-rev")));
        given().get("/api/workflows/w-rev/revisions/3")
                .then()
                .statusCode(404)
                .body("detail", containsString("newest is 2"));
        given().get("/api/workflows/w-rev/revisions/x").then().statusCode(404);
    }

    @Test
    void a_deleted_workflow_is_off_the_list_and_keeps_its_revisions() {
        put("w-del", Texts.hello("w-del"));
        given().delete("/api/workflows/w-del").then().statusCode(204);
        given().get("/api/workflows/w-del").then().statusCode(404).contentType(PROBLEM);
        given().get("/api/workflows").then().body("workflows.id", not(hasItem("w-del")));
        given().get("/api/workflows/w-del/revisions").then().body("revisions", hasSize(1));
        given().post("/api/workflows/w-del/runs").then().statusCode(404);
        given().delete("/api/workflows/w-del").then().statusCode(404);
    }

    @Test
    void validating_stores_nothing_and_answers_with_success() {
        given().contentType("application/json")
                .body(Texts.hello("w-check"))
                .post("/api/workflows/validate")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("id", equalTo("w-check"))
                .body("inputs.properties.name.type", equalTo("string"))
                .body("problems", empty());
        given().contentType("application/json")
                .body("{\"id\": \"w-check\"}")
                .post("/api/workflows/validate")
                .then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("problems.message", notNullValue());
        given().get("/api/workflows/w-check").then().statusCode(404);
    }

    @Test
    void problems_are_answered_as_sarif_to_those_who_ask_for_it() {
        given().contentType("application/json")
                .accept("application/sarif+json")
                .body("{\"id\": \"w-check\"}")
                .post("/api/workflows/validate")
                .then()
                .statusCode(200)
                .contentType("application/sarif+json");
    }

    @Test
    void an_empty_body_other_encodings_and_other_types_are_refused() {
        given().contentType("application/json").post("/api/workflows").then().statusCode(400);
        given().contentType("application/json")
                .body(new byte[] {'{', (byte) 0xff, '}'})
                .post("/api/workflows")
                .then()
                .statusCode(400)
                .body("detail", containsString("UTF-8"));
        given().contentType("image/png")
                .body(new byte[] {1})
                .post("/api/workflows")
                .then()
                .statusCode(415)
                .contentType(PROBLEM);
        given().patch("/api/workflows/x").then().statusCode(405).contentType(PROBLEM);
        given().accept("image/png").get("/api/workflows").then().statusCode(406);
    }

    private static ValidatableResponse put(String id, String text) {
        return given().contentType("application/json")
                .body(text)
                .put("/api/workflows/" + id)
                .then();
    }
}

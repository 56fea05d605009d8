package dev.leat.journey;

import static dev.leat.journey.Door.state;
import static dev.leat.journey.Door.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// docs/spec/19-for-each.md, through the doors.
@QuarkusTest
class ForEachJourneyTest {

    @Test
    void ten_thousand_items_are_gone_through_and_listed_by_page() {
        var ended =
                Door.run(
                        """
                        {"id": "many", "tasks": [
                          {"id": "all", "type": "transform", "with": {"value": "${ lists.range(10000) }"}},
                          {"id": "each", "type": "noop", "dependsOn": ["all"], "forEach": {"items": "${ tasks.all.output }", "concurrency": 200}, "with": {"output": "${ item * 2 }"}},
                          {"id": "last", "type": "transform", "dependsOn": ["each"], "with": {"value": "${ tasks.each.output[9999] }"}}],
                         "outputs": {"count": "${ size(tasks.each.output) }", "last": "${ tasks.last.output }"}}""");
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(ended.getInt("outputs.count")).isEqualTo(10_000);
        assertThat(ended.getInt("outputs.last")).isEqualTo(19_998);
        assertThat(Door.<Integer>of(ended, "each", "facts.items")).isEqualTo(10_000);
        var path = "/api/runs/" + ended.getString("id") + "/tasks/each/items?limit=100&after=";
        var page = RestAssured.get(path + "199").jsonPath();
        assertThat(page.getString("items[0].id")).isEqualTo("each.200");
        assertThat(page.getInt("next")).isEqualTo(299);
        assertThat(RestAssured.get(path + "9949").jsonPath().<Object>get("next")).isNull();
    }

    @Test
    void results_are_in_the_order_of_the_items() {
        var ended = Door.run(each("order", "[3, 1, 2]", "", "exec sleep 0.$N"));
        assertThat(Door.task(ended.getString("id"), "each").getList("output.exitCode"))
                .isEqualTo(List.of(0, 0, 0));
        var named =
                Door.run(
                        """
                        {"id": "named", "tasks": [{"id": "each", "type": "transform", "forEach": {"items": {"de": 1, "at": 2}, "as": "country"},
                          "with": {"value": "${ string(index) + country.key }"}}]}""");
        assertThat(task(named.getString("id"), "each").getList("output"))
                .isEqualTo(List.of("0de", "1at"));
    }

    @Test
    void the_first_failure_stops_the_others() {
        var ended =
                Door.run(
                        each(
                                "fast",
                                "[0, 1, 2, 3]",
                                ", \"concurrency\": 2",
                                "[ $N = 1 ] && exit 7; exec sleep 60"));
        assertThat(state(ended, "each")).isEqualTo("FAILED");
        assertThat(ended.getString("error.code")).isEqualTo("items-failed");
        assertThat(Door.<Map<String, Object>>of(ended, "each", "error.details"))
                .containsEntry("index", 1)
                .containsEntry("failed", 1)
                .containsEntry("items", 4)
                .containsEntry("code", "exit.7");
        assertThat(items(ended.getString("id"), ""))
                .isEqualTo(List.of("each.0 CANCELLED", "each.1 FAILED"));
    }

    @Test
    void without_fail_fast_all_items_run() {
        var ended = Door.run(each("slow", "[0, 1, 2]", ", \"failFast\": false", "[ $N != 1 ]"));
        assertThat(state(ended, "each")).isEqualTo("FAILED");
        var run = ended.getString("id");
        assertThat(items(run, ""))
                .isEqualTo(List.of("each.0 SUCCESS", "each.1 FAILED", "each.2 SUCCESS"));
        assertThat(items(run, "?state=failed")).isEqualTo(List.of("each.1 FAILED"));
        assertThat(Door.<Map<String, Integer>>of(ended, "each", "facts.itemStates"))
                .isEqualTo(Map.of("SUCCESS", 2, "FAILED", 1));
    }

    @Test
    void each_item_has_its_own_retries_and_log() {
        var ended =
                Door.run(
                        each(
                                        "retried",
                                        "[0, 1]",
                                        "",
                                        "echo item $N; [ $N = 0 ] || [ $LEAT_ATTEMPT = 2 ]")
                                .replace(
                                        "\"forEach\"",
                                        "\"retry\": {\"maxAttempts\": 2, \"delay\": \"10ms\"}, \"forEach\""));
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        var run = ended.getString("id");
        assertThat(task(run, "each.0").getInt("task.attempt")).isEqualTo(1);
        assertThat(task(run, "each.1").getInt("task.attempt")).isEqualTo(2);
        assertThat(
                        RestAssured.get("/api/runs/" + run + "/logs?task=each.0")
                                .jsonPath()
                                .getList("lines.text"))
                .isEqualTo(List.of("item 0"));
    }

    @Test
    void no_items_are_a_success_at_once_and_what_is_no_list_is_a_failure() {
        assertThat(
                        task(Door.run(each("none", "[]", "", "exit 1")).getString("id"), "each")
                                .getList("output"))
                .isEmpty();
        var ended =
                Door.run(
                        """
                        {"id": "no-list", "tasks": [{"id": "a", "type": "noop", "with": {"output": 5}},
                          {"id": "each", "type": "noop", "dependsOn": ["a"], "forEach": {"items": "${ tasks.a.output }"}}]}""");
        assertThat(ended.getString("error.code")).isEqualTo("items");
    }

    @Test
    void a_cancelled_run_begins_no_more_items() {
        var run =
                Door.start(each("cancelled", "[0, 1, 2]", ", \"concurrency\": 1", "exec sleep 60"));
        Door.until(run, seen -> !items(run, "?state=running").isEmpty());
        Door.cancel(run);
        assertThat(state(Door.ended(run), "each")).isEqualTo("CANCELLED");
        assertThat(items(run, "")).isEqualTo(List.of("each.0 CANCELLED"));
    }

    @Test
    void so_many_items_run_at_once_as_it_says() {
        var run = Door.start(each("few", "[0, 1, 2, 3]", ", \"concurrency\": 2", "exec sleep 60"));
        Door.until(run, seen -> items(run, "?state=running").size() == 2);
        assertThat(items(run, "")).isEqualTo(List.of("each.0 RUNNING", "each.1 RUNNING"));
        Door.cancel(run);
    }

    private static List<String> items(String run, String query) {
        var page = RestAssured.get("/api/runs/" + run + "/tasks/each/items" + query).jsonPath();
        return page.getList("items.collect { it.id + ' ' + it.state }");
    }

    private static String each(String id, String items, String more, String command) {
        return """
               {"id": "each-%s", "tasks": [{"id": "each", "type": "shell", "forEach": {"items": %s%s},
                 "with": {"command": "%s", "env": {"N": "${ item }"}}}]}"""
                .formatted(id, items, more, command);
    }
}

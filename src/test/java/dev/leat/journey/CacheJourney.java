package dev.leat.journey;

import static dev.leat.journey.Door.state;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// docs/spec/25-cache.md, through the doors.
abstract class CacheJourney {

    @Test
    void a_second_run_takes_the_output_of_the_first_and_says_so() {
        var first = run("twice", "1", "1h");
        var second = run("twice", "1", "1h");
        assertThat(second.getString("outputs.made")).isEqualTo(first.getString("outputs.made"));
        assertThat(Door.<String>of(second, "make", "facts.cachedFrom"))
                .isEqualTo(first.getString("id"));
        assertThat(Door.reason(second, "make"))
                .isEqualTo("taken from the cache: run " + first.getString("id"));
        assertThat(Door.<Object>of(first, "make", "facts")).isNull();
    }

    @Test
    void another_key_is_another_output() {
        assertThat(run("keys", "1", "1h").getString("outputs.made"))
                .isNotEqualTo(run("keys", "2", "1h").getString("outputs.made"));
    }

    @Test
    void what_has_expired_is_made_anew() {
        assertThat(run("expired", "1", "1ms").getString("outputs.made"))
                .isNotEqualTo(run("expired", "1", "1ms").getString("outputs.made"));
    }

    @Test
    void a_changed_definition_is_another_output() {
        var first = Door.run(cached("changed", "1", "1h", ""));
        var second = Door.run(cached("changed", "1", "1h", "# a comment"));
        assertThat(second.getString("outputs.made")).isNotEqualTo(first.getString("outputs.made"));
    }

    @Test
    void another_environment_is_another_output() {
        var text =
                cached("surroundings", "1", "1h", "")
                        .replace("\"cache\"", "\"env\": {\"A\": \"%s\"}, \"cache\"");
        var first = Door.run(text.formatted("one"));
        var second = Door.run(text.formatted("two"));
        assertThat(second.getString("outputs.made")).isNotEqualTo(first.getString("outputs.made"));
    }

    @Test
    void a_failure_is_not_kept() {
        var text = cached("failing", "1", "1h", "; exit 3");
        var first = Door.run(text);
        var second = Door.run(text);
        assertThat(state(first, "make")).isEqualTo("FAILED");
        assertThat(state(second, "make")).isEqualTo("FAILED");
    }

    @Test
    void a_key_that_cannot_be_worked_out_fails_the_task() {
        var ended =
                Door.run(
                        """
                        {"id": "broken-key", "tasks": [{"id": "a", "type": "noop", "with": {"output": {}}},
                          {"id": "make", "type": "noop", "dependsOn": ["a"], "cache": {"key": "${ tasks.a.output.none }", "ttl": "1h"}}]}""");
        assertThat(ended.getString("error.code")).isEqualTo("expression");
        assertThat(ended.getString("error.message")).startsWith("cache.key: ");
    }

    private static io.restassured.path.json.JsonPath run(String id, String key, String ttl) {
        var ended = Door.run(cached(id, key, ttl, ""));
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        return ended;
    }

    private static String cached(String id, String key, String ttl, String more) {
        return """
               {"id": "cache-%s", "tasks": [{"id": "make", "type": "shell", "cache": {"key": "%s", "ttl": "%s"},
                 "with": {"command": "cat /proc/sys/kernel/random/uuid %s"}}],
                "outputs": {"made": "${ tasks.make.output.stdout }"}}"""
                .formatted(id, key, ttl, more);
    }
}

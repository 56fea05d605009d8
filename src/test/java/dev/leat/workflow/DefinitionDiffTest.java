package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionDiffTest {

    private static final String BEFORE =
            """
            id: orders
            timeout: 1h
            inputs:
              type: object
              properties:
                day: {type: string}
                old: {type: string}
            tasks:
              - {id: fetch, type: http, with: {url: "https://a", method: GET}}
              - {id: load, type: noop, dependsOn: [fetch]}
              - {id: gone, type: noop}
            triggers:
              - {id: night, type: cron, cron: "0 2 * * *"}
            """;

    private static final String AFTER =
            """
            id: orders
            timeout: 2h
            inputs:
              type: object
              required: [day]
              properties:
                day: {type: string}
                limit: {type: integer}
            tasks:
              - {id: check, type: noop, dependsOn: [fetch]}
              - {id: fetch, type: shell, with: {url: "https://b", method: GET}}
              - {id: load, type: noop, dependsOn: [check]}
            triggers:
              - {id: night, type: cron, cron: "0 3 * * *"}
            """;

    @Test
    void changes_are_told_in_the_words_of_workflows() {
        assertThat(told(BEFORE, AFTER))
                .containsExactlyInAnyOrder(
                        "CHANGED task fetch: type shell, was http; with.url",
                        "CHANGED task load: now waits for check, no longer waits for fetch",
                        "REMOVED task gone: ",
                        "ADDED task check: noop, waits for fetch",
                        "CHANGED trigger night: cron 0 3 * * *, was 0 2 * * *",
                        "REMOVED input old: ",
                        "ADDED input limit: integer",
                        "CHANGED input day: must be given now",
                        "CHANGED setting timeout: 2h, was 1h");
    }

    @Test
    void the_order_of_tasks_and_the_spelling_mean_nothing() {
        var json =
                "{\"id\": \"a\", \"tasks\": [{\"type\": \"noop\", \"id\": \"b\"}, {\"id\": \"c\"}]}";
        var yaml = "tasks:\n  - id: c\n  - id: b\n    type: noop\nid: a\n";
        assertThat(
                        DefinitionDiff.between(
                                Loading.LOADER
                                        .document(new Source(json, Format.JSON, "a"))
                                        .orElseThrow(),
                                Loading.LOADER
                                        .document(new Source(yaml, Format.YAML, "b"))
                                        .orElseThrow()))
                .isEmpty();
    }

    private static List<String> told(String before, String after) {
        return DefinitionDiff.between(document(before), document(after)).stream()
                .map(
                        one ->
                                "%s %s %s: %s"
                                        .formatted(
                                                one.change(),
                                                one.subject(),
                                                one.name(),
                                                one.detail()))
                .toList();
    }

    private static java.util.Map<String, ?> document(String text) {
        return Loading.LOADER.document(new Source(text, Format.YAML, "text")).orElseThrow();
    }
}

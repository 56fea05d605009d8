package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.BuiltInTypes;
import dev.leat.workflow.Completion.Completions;
import dev.leat.workflow.Completion.Offer;
import dev.leat.workflow.Completion.World;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.expression.Expressions;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In all texts `|` is where the caret stands.
class CompletionTest {

    private static final Completion COMPLETION =
            new Completion(
                    BuiltInTypes::find,
                    BuiltInTypes::all,
                    Expressions.standalone(InstantSource.system()));
    private static final World WORLD =
            new World(List.of("shop.orders"), List.of("office"), List.of("warehouse"));

    private static final String JSON =
            """
            {
              "id": "hello",
              "inputs": {"type": "object", "properties": {"day": {"type": "string"}, "limit": {"type": "integer"}}},
              "vars": {"region": "eu"},
              "tasks": [
                {"id": "fetch", "type": "http", "with": {"url": "https://example.com"}},
                {"id": "other", "type": "noop"},
                %s
              ]
            }
            """;

    @Test
    void keys_of_the_workflow_are_offered_without_those_that_it_has() {
        assertThat(json("{\"id\": \"a\", |}")).contains("tasks", "triggers").doesNotContain("id");
        assertThat(yaml("id: a\n|\ntasks: []\n")).contains("name", "triggers").doesNotContain("id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"x\", |",
                "{\"id\": \"x\", \"|",
                "{\"id\": \"x\", \"de|\"}",
                "{\"id\": \"x\", \"de|\": 1}",
                "{|}"
            })
    void keys_of_a_task_are_offered_wherever_one_can_begin(String task) {
        assertThat(json(JSON.formatted(task))).contains("dependsOn", "forEach", "retry", "pool");
    }

    @Test
    void a_task_type_is_offered_with_what_it_does() {
        var offers = offers(JSON.formatted("{\"id\": \"x\", \"type\": \"|\"}"), Format.JSON);
        assertThat(offers).extracting(Offer::label).isEqualTo(BuiltInTypes.NAMES);
        assertThat(offers.get(2).description()).startsWith("Sends an HTTP request");
        assertThat(yaml("id: a\ntasks:\n  - id: x\n    type: |\n")).contains("http", "shell");
        assertThat(yaml("id: a\ntasks:\n- id: x\n  type: h|\n")).contains("http", "shell");
    }

    @Test
    void parameters_are_those_of_the_type_wherever_it_stands() {
        assertThat(json(JSON.formatted("{\"id\": \"x\", \"with\": {|}, \"type\": \"shell\"}")))
                .contains("command")
                .doesNotContain("url");
        assertThat(
                        yaml(
                                "id: a\ntasks:\n  - id: x\n    type: http\n    with:\n      url: u\n      |\n"))
                .contains("method", "headers")
                .doesNotContain("url", "command");
    }

    @Test
    void values_of_parameters_come_from_their_schema() {
        var task = "{\"id\": \"x\", \"type\": \"http\", \"with\": {\"method\": \"|\"}}";
        var offers = offers(JSON.formatted(task), Format.JSON);
        assertThat(offers).extracting(Offer::label).contains("GET", "PATCH");
        assertThat(offers.getFirst().detail()).isEqualTo("default");
        assertThat(
                        json(
                                JSON.formatted(
                                        task.replace(
                                                "\"method\": \"|\"", "\"followRedirects\": |"))))
                .containsExactly("true", "false");
    }

    @Test
    void tasks_to_wait_for_are_the_others_that_arent_named_yet() {
        assertThat(json(JSON.formatted("{\"id\": \"x\", \"dependsOn\": [\"other\", \"|\"]}")))
                .containsExactly("fetch");
        assertThat(yaml("id: a\ntasks:\n  - id: one\n  - id: two\n    dependsOn:\n      - |\n"))
                .containsExactly("one");
        assertThat(yaml("id: a\ntasks:\n  - id: one\n  - id: two\n    dependsOn: [|]\n"))
                .containsExactly("one");
    }

    @Test
    void expressions_may_name_what_is_there() {
        assertThat(expression("|")).contains("inputs", "tasks", "vars", "size", "json.parse");
        assertThat(expression("inputs.|")).containsExactly("day", "limit");
        assertThat(expression("inputs.da|")).containsExactly("day", "limit");
        assertThat(expression("vars.|")).containsExactly("region");
        assertThat(expression("size(tasks.fetch.output.|")).contains("status", "body");
        assertThat(expression("tasks.fetch.|")).contains("output", "status", "error");
    }

    @Test
    void tasks_that_arent_waited_for_come_last_and_say_so() {
        var offers = offers(JSON.formatted(logging("tasks.|")), Format.JSON);
        assertThat(offers).extracting(Offer::label).containsExactly("fetch", "other", "x");
        assertThat(offers.getFirst().description()).isEmpty();
        assertThat(offers.get(1).description()).contains("dependsOn");
    }

    @Test
    void an_item_is_known_by_its_name_in_its_task() {
        var task =
                "{\"id\": \"x\", \"type\": \"log\", \"forEach\": {\"items\": [1], \"as\": \"country\"},"
                        + " \"with\": {\"message\": \"${ |\"}}";
        assertThat(json(JSON.formatted(task))).contains("country", "index").doesNotContain("item");
    }

    @Test
    void expressions_are_found_in_yaml_of_all_kinds() {
        var start = "id: a\ninputs:\n  properties:\n    day: {type: string}\ntasks:\n  - id: x\n";
        assertThat(yaml(start + "    type: log\n    with:\n      message: Hello ${ inputs.|\n"))
                .containsExactly("day");
        assertThat(yaml(start + "    with:\n      message: |-\n        one\n        ${ inputs.¦\n"))
                .containsExactly("day");
        assertThat(yaml(start + "    with: {message: \"${ inputs.| }\"}\n")).containsExactly("day");
    }

    @Test
    void names_of_the_world_are_offered_where_they_belong() {
        assertThat(json(JSON.formatted("{\"id\": \"x\", \"pool\": \"|\"}")))
                .containsExactly("warehouse");
        assertThat(yaml("triggers:\n  - id: n\n    type: cron\n    calendar: |\n"))
                .containsExactly("office");
        assertThat(yaml("triggers:\n  - id: n\n    type: workflow\n    workflow: |\n"))
                .containsExactly("shop.orders");
    }

    @Test
    void triggers_have_the_keys_of_their_type() {
        assertThat(yaml("triggers:\n  - id: n\n    type: cron\n    |\n"))
                .contains("cron", "calendar")
                .doesNotContain("directory");
    }

    @Test
    void inputs_are_a_schema() {
        assertThat(yaml("inputs:\n  properties:\n    day:\n      |\n")).contains("type", "enum");
        assertThat(yaml("inputs:\n  properties:\n    day:\n      type: |\n")).contains("string");
    }

    @Test
    void what_is_taken_keeps_the_text_json() {
        assertThat(taken("{\"id\": \"a\", |}", Format.JSON, "tasks"))
                .isEqualTo("{\"id\": \"a\", \"tasks\": [¦]}");
        assertThat(taken("{\"id\": \"a\", \"ta|\"}", Format.JSON, "tasks"))
                .isEqualTo("{\"id\": \"a\", \"tasks\": [¦]}");
        assertThat(taken("{\"id\": \"a\", \"ta|\": []}", Format.JSON, "tasks"))
                .isEqualTo("{\"id\": \"a\", \"tasks¦\": []}");
        assertThat(taken("{\"tasks\": [{\"type\": |}]}", Format.JSON, "log"))
                .isEqualTo("{\"tasks\": [{\"type\": \"log\"¦}]}");
        assertThat(taken("{\"tasks\": [{\"type\": \"l|o\"}]}", Format.JSON, "log"))
                .isEqualTo("{\"tasks\": [{\"type\": \"log¦\"}]}");
    }

    @Test
    void what_is_taken_keeps_the_text_yaml() {
        assertThat(taken("id: a\nta|\n", Format.YAML, "tasks")).isEqualTo("id: a\ntasks:\n  - ¦\n");
        assertThat(taken("tasks:\n  - type:|\n", Format.YAML, "log"))
                .isEqualTo("tasks:\n  - type: log¦\n");
        assertThat(taken("tasks:\n  - i|\n", Format.YAML, "id")).isEqualTo("tasks:\n  - id: ¦\n");
        assertThat(taken("tasks:\n  - id: x\n    when: |\n", Format.YAML, "${  }"))
                .isEqualTo("tasks:\n  - id: x\n    when: ${ ¦ }\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[[[[",
                "}}}",
                "\"",
                "{\"a\": [1, {\"b\": \"\\",
                "- - - - a",
                "a: |\n\n",
                "? x\n: y",
                "\t\ttasks:\n\t- ]}",
                "{\"tasks\": [{\"with\": {\"a\": {\"b\": ["
            })
    void broken_texts_are_answered_at_every_place(String text) {
        for (var format : Format.values()) {
            for (int at = 0; at <= text.length(); at++) {
                var answer = COMPLETION.at(text, format, at, WORLD);
                assertThat(answer.from()).isBetween(0, text.length());
                assertThat(answer.to()).isBetween(answer.from(), text.length());
                assertThat(COMPLETION.subject(text, format, at)).isNotNull();
            }
        }
    }

    @Test
    void a_deep_text_is_answered() {
        var text = "{\"a\": ".repeat(20_000);
        assertThat(COMPLETION.at(text, Format.JSON, text.length(), WORLD)).isNotNull();
        assertThat(COMPLETION.at("- ".repeat(20_000), Format.YAML, 9, WORLD)).isNotNull();
    }

    @Test
    void a_long_line_is_answered() {
        var blanks = "a: ${ " + "b".repeat(200_000) + " ".repeat(200_000) + "c";
        for (var format : Format.values()) {
            assertThat(COMPLETION.at(blanks, format, blanks.length(), WORLD)).isNotNull();
            var name = "a" + " ".repeat(200_000);
            assertThat(COMPLETION.at(name, format, name.length(), WORLD)).isNotNull();
        }
    }

    @Test
    void the_caret_stands_at_a_type_and_at_keys() {
        var text =
                JSON.formatted(
                        "{\"id\": \"x\", \"type\": \"wait\", \"with\": {\"dur|ation\": \"5m\"}}");
        var subject = COMPLETION.subject(text.replace("|", ""), Format.JSON, text.indexOf('|'));
        assertThat(subject.type()).isEqualTo("wait");
        assertThat(subject.keys()).containsKeys("tasks", "with", "duration");
        assertThat(subject.keys().get("duration")).startsWith("How long");
    }

    private static List<String> expression(String text) {
        return json(JSON.formatted(logging(text)));
    }

    private static String logging(String text) {
        return "{\"id\": \"x\", \"type\": \"log\", \"dependsOn\": [\"fetch\"], \"with\": {\"message\":"
                + " \"Hello ${ %s }\"}}".formatted(text);
    }

    private static List<String> json(String text) {
        return offers(text, Format.JSON).stream().map(Offer::label).toList();
    }

    private static List<String> yaml(String text) {
        return offers(text, Format.YAML).stream().map(Offer::label).toList();
    }

    private static List<Offer> offers(String text, Format format) {
        return answer(text, format).offers();
    }

    private static char mark(String text) {
        return text.indexOf('¦') < 0 ? '|' : '¦';
    }

    private static Completions answer(String text, Format format) {
        var mark = mark(text);
        var at = text.indexOf(mark);
        return COMPLETION.at(text.replace(String.valueOf(mark), ""), format, at, WORLD);
    }

    private static String taken(String text, Format format, String label) {
        var answer = answer(text, format);
        var plain = text.replace("|", "");
        var offer =
                answer.offers().stream()
                        .filter(one -> one.label().equals(label))
                        .findFirst()
                        .orElseThrow();
        var insert = new StringBuilder(offer.insert());
        insert.insert(insert.length() - offer.back(), '¦');
        return plain.substring(0, answer.from()) + insert + plain.substring(answer.to());
    }
}

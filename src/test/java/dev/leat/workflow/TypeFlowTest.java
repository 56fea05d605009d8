package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is known of inputs, vars and outputs reaches every expression, and what is known of an
/// expression reaches the parameter that it stands in.
class TypeFlowTest {

    private static final String INPUTS =
            "'inputs': {'properties': {'day': {'type': 'string'}, 'count': {'type': 'integer'},"
                    + " 'size': {'type': 'string', 'enum': ['small', 'large']}}}";

    @Test
    void a_var_has_the_type_of_its_value() {
        assertThat(said("'limits': {'low': 1, 'high': 9}", "${ vars.limits.hihg }"))
                .containsExactly(
                        "error unknown-field: No 'hihg' in vars.limits. Known: low, high. (did you mean 'high'?)");
        assertThat(said("'base': 'x'", "${ vars.base - 1 }"))
                .containsExactly("error expression-type: '-' can't be applied to text and number.");
    }

    @Test
    void a_var_has_the_type_of_its_expression() {
        assertThat(said("'first': '${ inputs.day }'", "${ vars.first > 3 }"))
                .containsExactly("error expression-type: '>' can't be applied to text and number.");
        assertThat(said("'twice': '${ inputs.count * 2 }'", "${ vars.twice + 'x' }"))
                .containsExactly("error expression-type: '+' can't be applied to number and text.");
        assertThat(said("'rows': '${ [1, 2].map(x, x * 2) }'", "${ vars.rows.a }"))
                .singleElement()
                .asString()
                .startsWith("error expression-type");
    }

    @Test
    void a_var_that_can_be_anything_is_refused_nothing() {
        assertThat(said("'any': '${ json.parse(inputs.day) }'", "${ vars.any.a.b + 1 }")).isEmpty();
        assertThat(said("'none': null", "${ vars.none }")).isEmpty();
    }

    @Test
    void an_expression_of_the_wrong_kind_is_no_parameter() {
        assertThat(with("'successExitCodes': '${ inputs.day }'"))
                .containsExactly(
                        "error bad-parameter: 'successExitCodes' must be a list, but the expression is text.");
        assertThat(with("'successExitCodes': '${ inputs }'"))
                .containsExactly(
                        "error bad-parameter: 'successExitCodes' must be a list, but the expression is an object.");
        assertThat(with("'successExitCodes': '${ [inputs.count] }'")).isEmpty();
        assertThat(with("'successExitCodes': ['${ inputs.count }']")).isEmpty();
        assertThat(with("'successExitCodes': ['${ inputs.day }']"))
                .containsExactly(
                        "error bad-parameter: Entry 1 of 'successExitCodes' must be a number, but the expression is text. (int(…) and double(…) read numbers from texts)");
    }

    @Test
    void an_expression_of_the_wrong_kind_is_no_input_of_a_trigger() {
        var loaded =
                Loading.json(
                        "{'id': 'a', 'tasks': [], %s, 'triggers': [{'id': 't', 'type': 'webhook', 'signature': 'none', 'inputs': {'count': '${ trigger.kind }'}}]}"
                                .formatted(INPUTS));
        assertThat(said(loaded))
                .containsExactly(
                        "error bad-input: 'count' must be a number, but the expression is text. (int(…) and double(…) read numbers from texts)");
    }

    @Test
    void a_text_that_a_value_never_is_isnt_compared_with_it() {
        assertThat(said("'x': 1", "${ vars.x > 0 && inputs.size == 'smal' }"))
                .containsExactly(
                        "warning never-equal: 'inputs.size' is never 'smal'. Known: small, large. (did you mean 'small'?)");
        assertThat(said("'x': 1", "${ vars.x > 0 && inputs.size in ['small', 'big'] }"))
                .containsExactly(
                        "warning never-equal: 'inputs.size' is never 'big'. Known: small, large.");
        assertThat(said("'x': 1", "${ vars.x > 0 && inputs.size != 'large' }")).isEmpty();
    }

    @Test
    void a_state_that_no_task_has_is_found() {
        var loaded =
                Loading.json(
                        "{'id': 'a', 'tasks': [{'id': 'a', 'type': 'noop'}, {'id': 'b', 'type': 'noop', 'dependsOn': 'a', 'triggerRule': 'all_done', 'when': '${ tasks.a.status == \"SUCCES\" }'}]}"
                                .replace('\'', '"')
                                .replace("\"SUCCES\"", "'SUCCES'"));
        assertThat(said(loaded))
                .singleElement()
                .asString()
                .startsWith("warning never-equal: 'tasks.a.status' is never 'SUCCES'.")
                .endsWith("(did you mean 'SUCCESS'?)");
    }

    private static List<String> said(String vars, String message) {
        var text =
                """
                {"id": "a", %s, "vars": {%s},
                 "tasks": [{"id": "a", "type": "transform", "with": {"value": "%s"}}]}
                """
                        .formatted(INPUTS.replace('\'', '"'), vars.replace('\'', '"'), message);
        return said(Loading.json(text)).stream().filter(line -> !line.contains("unused")).toList();
    }

    private static List<String> with(String parameter) {
        var text =
                "{'id': 'a', %s, 'tasks': [{'id': 'a', 'type': 'shell', 'with': {'command': 'true', %s}}]}"
                        .formatted(INPUTS, parameter);
        return said(Loading.json(text)).stream().filter(line -> !line.contains("unused")).toList();
    }

    private static List<String> said(WorkflowLoader.Loaded loaded) {
        return loaded.problems().stream()
                .map(problem -> problem.at(0, 0).toString())
                .map(line -> line.replaceFirst("^/\\S+ ", ""))
                .toList();
    }
}

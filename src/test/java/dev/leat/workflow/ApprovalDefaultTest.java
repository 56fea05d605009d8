package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The `default` of an approval is held against its form.
class ApprovalDefaultTest {

    private static final String FORM =
            "{'type': 'object', 'properties': {'count': {'type': 'integer', 'minimum': 1}}, 'required': ['count'], 'additionalProperties': false}";

    private static String loaded(String answer) {
        return loaded(FORM, answer);
    }

    private static String loaded(String form, String answer) {
        return String.valueOf(
                Loading.lines(
                        Loading.json(
                                """
                                {'id': 'w', 'tasks': [{'id': 'ask', 'type': 'approval', 'with': {'title': 'How many?', 'deadline': '1d', 'form': %s,
                                 'default': %s}}]}"""
                                        .formatted(form, answer))));
    }

    @Test
    void values_that_fit_are_taken() {
        assertThat(loaded("{'decision': 'approved', 'values': {'count': 1}}")).isEqualTo("[]");
        assertThat(loaded("{'decision': 'rejected'}")).isEqualTo("[]");
    }

    @Test
    void values_that_do_not_fit_are_an_error_at_their_place() {
        assertThat(loaded("{'decision': 'approved', 'values': {'count': 0}}"))
                .contains("2:58 error bad-parameter: 'count'");
        assertThat(loaded("{'decision': 'rejected', 'values': {'cuont': 2}}"))
                .contains("error unknown-parameter: The form has no parameter 'cuont'")
                .contains("did you mean 'count'?");
    }

    @Test
    void an_approval_by_default_needs_the_values_that_the_form_needs() {
        assertThat(loaded("{'decision': 'approved'}"))
                .contains("2:13 error missing-parameter: The form needs the parameter 'count'");
    }

    @Test
    void what_is_known_at_the_run_only_is_left_to_it() {
        assertThat(loaded("{'decision': 'approved', 'values': {'count': '${ run.priority }'}}"))
                .doesNotContain("parameter");
        assertThat(loaded("{'type': '${ run.id }'}", "{'decision': 'approved', 'values': {}}"))
                .doesNotContain("The form");
    }
}

package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelFormTest {

    private final MultivaluedMap<String, String> controls = new MultivaluedHashMap<>();

    @Test
    void only_what_was_changed_is_set_so_that_nobody_undoes_what_others_did_meanwhile() {
        row("team", "red", "red", true);
        row("owner", "ada", "bob", true);
        row(" new ", "1", "", false);
        row("", "", "", false);

        var form = LabelForm.typed(controls);

        assertThat(form.problem()).isEmpty();
        assertThat(form.set()).isEqualTo(Map.of("owner", "ada", "new", "1"));
        assertThat(form.remove()).isEmpty();
    }

    @Test
    void a_new_label_may_have_an_empty_value() {
        row("draft", "", "", false);

        assertThat(LabelForm.typed(controls).set()).isEqualTo(Map.of("draft", ""));
    }

    @Test
    void what_is_removed_is_not_set() {
        row("team", "blue", "red", true);
        controls.add("remove", "team");

        var form = LabelForm.typed(controls);

        assertThat(form.set()).isEmpty();
        assertThat(form.remove()).containsExactly("team");
    }

    @Test
    void the_ends_of_lines_that_browsers_send_are_no_change() {
        row("note", "one\r\ntwo", "one\r\ntwo", true);

        assertThat(LabelForm.typed(controls).set()).isEmpty();
    }

    @Test
    void a_value_needs_a_name_and_a_name_stands_for_one_label() {
        row("", "1", "", false);
        assertThat(LabelForm.typed(controls).problem()).contains("'1' needs a name");

        controls.clear();
        row("team", "red", "red", true);
        row("team", "blue", "", false);
        assertThat(LabelForm.typed(controls).problem()).contains("'team' is there twice");
    }

    private void row(String name, String value, String was, boolean known) {
        controls.add("name", name);
        controls.add("value", value);
        controls.add("was", was);
        controls.add("known", String.valueOf(known));
    }
}

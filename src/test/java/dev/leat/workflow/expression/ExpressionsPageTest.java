package dev.leat.workflow.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds docs/spec/03-expressions.md to its word.
class ExpressionsPageTest {

    private static final Path PAGE = Path.of("docs/spec/03-expressions.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^(.+?) +=> (.+)$");

    static Stream<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(PAGE)).results().map(found -> found.group());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_true(String example) {
        var parts = EXAMPLE.matcher(example);
        assertThat(parts.matches()).isTrue();
        var written = parts.group(1).strip();
        var source =
                written.startsWith("\"") && written.contains("${")
                        ? Json.read(written)
                        : "${ " + written + " }";

        assertThat(ExpressionTesting.evaluate(source)).isEqualTo(Json.read(parts.group(2)));
    }

    @Test
    void the_page_has_examples_at_all() throws IOException {
        assertThat(examples()).hasSizeGreaterThan(40);
    }

    @Test
    void every_function_that_can_be_called_is_on_the_page() throws IOException {
        var page = Files.readString(PAGE);
        var unnamed =
                new Vocabulary(dev.cel.common.CelOptions.current().build())
                        .names().stream()
                                .filter(name -> Character.isLetter(name.charAt(0)))
                                .filter(name -> !name.contains("@") && !name.startsWith("get"))
                                .filter(name -> !page.contains("`" + name + "`"));
        assertThat(unnamed).containsExactlyInAnyOrder("uint", "optional.unwrap", "unwrapOpt");
    }

    @Test
    void the_bounds_on_the_page_are_the_defaults() throws IOException {
        var page = Files.readString(PAGE);
        var bounds = Bounds.DEFAULTS;
        assertThat(page)
                .contains("`leat.expressions.max-text` | " + bounds.text() + " |")
                .contains("`leat.expressions.max-nesting` | " + bounds.nesting() + " |")
                .contains("`leat.expressions.max-iterations` | " + bounds.iterations() + " |")
                .contains("`leat.expressions.max-size` | " + bounds.size() + " |")
                .contains("`leat.expressions.max-memory` | " + bounds.memory() + " |")
                .contains("`leat.expressions.timeout` | " + bounds.timeout().toMillis() + "ms |");
    }
}

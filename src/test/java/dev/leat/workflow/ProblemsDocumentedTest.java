package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/spec/02-problems.md` explains every code that loading can answer with, and no other.
class ProblemsDocumentedTest {

    private static final Path PAGE = Path.of("docs/spec/02-problems.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

    /// Those that `expression` answers with; it documents them on its own page too.
    private static final Path EXPRESSIONS = Path.of("docs/spec/03-expressions.md");

    @Test
    void every_code_of_the_loader_is_explained() throws IOException {
        assertThat(documented())
                .containsAll(Arrays.stream(ProblemCode.values()).map(ProblemCode::text).toList());
    }

    @Test
    void every_explained_code_is_one_that_can_be_answered() throws IOException {
        var known =
                Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::text)
                        .collect(Collectors.toCollection(TreeSet::new));
        var rest = new TreeSet<>(documented());
        rest.removeAll(known);

        assertThat(Files.readString(EXPRESSIONS))
                .contains(rest.stream().map(code -> "`" + code + "`").toList());
    }

    @ParameterizedTest
    @MethodSource("dev.leat.workflow.BrokenDefinitionsTest#broken")
    void every_code_that_a_broken_definition_shows_is_explained(Path file) throws IOException {
        var shown =
                BrokenDefinitionsTest.load(file).problems().stream()
                        .map(problem -> problem.code())
                        .collect(Collectors.toSet());

        assertThat(documented()).containsAll(shown);
    }

    private static Set<String> documented() throws IOException {
        var codes = new TreeSet<String>();
        var rows = ROW.matcher(Files.readString(PAGE));
        while (rows.find()) {
            codes.add(rows.group(1));
        }
        return codes;
    }
}

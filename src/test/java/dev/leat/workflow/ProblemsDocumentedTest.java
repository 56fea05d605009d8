package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.task.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/spec/02-problems.md` has a section for every code that loading can answer with, and for no
/// other: what it means, an example that gives it, and what to do.
class ProblemsDocumentedTest {

    private static final Path PAGE = Path.of("docs/spec/02-problems.md");
    private static final Pattern SECTION =
            Pattern.compile(
                    "(?ms)^### `([a-z-]+)`\\n\\n([^\\n]+)\\n\\n```(json|yaml|text)\\n(.*?)```\\n\\n([^\\n]+)\\n");
    private static final Pattern HEADING = Pattern.compile("(?m)^### `(.*)`$");

    /// Those that `expression` answers with; it documents them on its own page too.
    private static final Path EXPRESSIONS = Path.of("docs/spec/03-expressions.md");

    /// Examples that are too long to be printed.
    private static final Map<String, String> LONG =
            Map.of(
                    "too-large",
                    "{\"id\": \"w\", \"description\": \"%s\", \"tasks\": []}"
                            .formatted("x".repeat(1_000_001)),
                    "too-deep",
                    "{\"id\": \"w\", \"vars\": {\"x\": %s%s}, \"tasks\": []}"
                            .formatted("[".repeat(101), "]".repeat(101)),
                    "too-many-problems",
                    "{\"id\": \"w\", \"tasks\": [], %s}"
                            .formatted(
                                    IntStream.range(0, 1_001)
                                            .mapToObj("\"a%d\": 1"::formatted)
                                            .collect(Collectors.joining(", "))),
                    "too-many-tasks",
                    "{\"id\": \"w\", \"tasks\": [%s]}"
                            .formatted(
                                    IntStream.range(0, 100_001)
                                            .mapToObj(
                                                    "{\"id\": \"a%d\", \"type\": \"noop\"}"
                                                            ::formatted)
                                            .collect(Collectors.joining(", "))),
                    "expression-limit",
                    "{\"id\": \"w\", \"vars\": {\"x\": \"${ %s }\"}, \"tasks\": []}"
                            .formatted("1 + ".repeat(5_001) + "1"));

    /// @param kind of the example: json, yaml, or text for one that is too long to be printed
    record Section(String code, String means, String kind, String example, String remedy) {
        @Override
        public String toString() {
            return code;
        }
    }

    static Stream<Section> sections() {
        var sections = new LinkedHashMap<String, Section>();
        var found = SECTION.matcher(page());
        while (found.find()) {
            sections.put(
                    found.group(1),
                    new Section(
                            found.group(1),
                            found.group(2),
                            found.group(3),
                            found.group(4),
                            found.group(5)));
        }
        return sections.values().stream();
    }

    @Test
    void every_section_says_what_it_means_an_example_and_what_to_do() {
        assertThat(sections().map(Section::code))
                .containsExactlyElementsOf(
                        HEADING.matcher(page()).results().map(each -> each.group(1)).toList());
    }

    @Test
    void there_is_a_section_for_every_explanation_and_no_other() {
        assertThat(sections().map(Section::code))
                .containsExactlyInAnyOrderElementsOf(Explanations.ALL.keySet());
    }

    @ParameterizedTest
    @MethodSource("sections")
    void a_section_has_the_words_of_its_explanation(Section section) {
        var explanation = Explanations.ALL.get(section.code);

        assertThat(explanation).isNotNull();
        assertThat(section.means).isEqualTo(Sarif.sentence(explanation.means()));
        assertThat(section.remedy).isEqualTo(Sarif.sentence(explanation.remedy()));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void the_example_of_a_section_gives_its_problem_and_no_other(Section section) {
        var text = section.kind.equals("text") ? LONG.get(section.code) : section.example;

        assertThat(text).as("an example that is printed, or made here").isNotNull();
        var loaded = section.kind.equals("yaml") ? Loading.yaml(text) : Loading.json(text);
        var codes = loaded.problems().stream().map(Problem::code).collect(Collectors.toSet());
        if (section.code.equals("too-many-problems")) {
            assertThat(codes).containsExactlyInAnyOrder(section.code, "unknown-key");
        } else {
            assertThat(codes).containsExactly(section.code);
        }
        assertThat(loaded.problems())
                .allMatch(problem -> problem.isError() != section.means.startsWith("Warning:"));
    }

    @Test
    void every_code_of_the_loader_is_explained() {
        assertThat(Explanations.ALL.keySet())
                .containsAll(Arrays.stream(ProblemCode.values()).map(ProblemCode::text).toList());
    }

    @Test
    void every_explained_code_is_one_that_can_be_answered() throws IOException {
        var rest = new TreeSet<>(Explanations.ALL.keySet());
        Arrays.stream(ProblemCode.values()).map(ProblemCode::text).forEach(rest::remove);

        assertThat(Files.readString(EXPRESSIONS))
                .contains(rest.stream().map(code -> "`" + code + "`").toList());
    }

    @ParameterizedTest
    @MethodSource("dev.leat.workflow.BrokenDefinitionsTest#broken")
    void every_code_that_a_broken_definition_shows_is_explained(Path file) throws IOException {
        var shown =
                BrokenDefinitionsTest.load(file).problems().stream()
                        .map(Problem::code)
                        .collect(Collectors.toSet());

        assertThat(Explanations.ALL.keySet()).containsAll(shown);
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

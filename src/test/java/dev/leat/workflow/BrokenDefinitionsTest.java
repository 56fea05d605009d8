package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each broken definition in `src/test/resources/broken` is answered with all that is wrong with
/// it,
/// as its `.expected.txt` has it: position, code, sentence and hint.
class BrokenDefinitionsTest {

    private static final Path BROKEN = Path.of("src/test/resources/broken");
    private static final Path GOOD = Path.of("src/test/resources/good");

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_definition_is_answered_with_all_its_problems(Path file) throws IOException {
        var expected = Path.of(file.toString().replaceFirst("\\.(json|yaml)$", ".expected.txt"));
        var loaded = load(file);
        assertThat(String.join("\n", Loading.lines(loaded)) + "\n")
                .isEqualTo(Files.readString(expected));
        assertThat(loaded.hasErrors()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("good")
    void a_good_definition_has_no_problem(Path file) throws IOException {
        var loaded = load(file);
        assertThat(Loading.lines(loaded)).isEmpty();
        assertThat(loaded.workflow()).isNotNull();
    }

    @Test
    void there_are_enough_of_them() throws IOException {
        assertThat(broken()).hasSizeGreaterThan(40);
        assertThat(good()).isNotEmpty();
    }

    static Stream<Path> broken() throws IOException {
        return documents(BROKEN);
    }

    static Stream<Path> good() throws IOException {
        return documents(GOOD);
    }

    static WorkflowLoader.Loaded load(Path file) throws IOException {
        var text = Files.readString(file);
        return file.toString().endsWith(".yaml") ? Loading.yaml(text) : Loading.json(text);
    }

    private static Stream<Path> documents(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().matches(".*\\.(json|yaml)"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}

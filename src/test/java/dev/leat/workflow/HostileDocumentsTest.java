package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Loaded;
import dev.leat.workflow.WorkflowLoader.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a text holds, loading it ends soon, with problems and not with an exception.
class HostileDocumentsTest {

    @ParameterizedTest
    @EnumSource(Format.class)
    void deep_nesting_is_refused_where_it_passes_the_limit(Format format) {
        var loaded = load("[".repeat(1_000_000), format);

        assertThat(Loading.lines(loaded))
                .containsExactly(
                        "1:101 error too-deep: The document is nested deeper than 100 levels.");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_text_beyond_the_limit_is_refused_unread(Format format) {
        var loaded = load("{\"id\": \"" + "x".repeat(6_000_000) + "\"}", format);

        assertThat(Loading.lines(loaded)).singleElement().asString().contains("error too-large");
    }

    @Test
    void size_is_counted_in_bytes() {
        var loaded = load("{\"id\": \"" + "ü".repeat(3_000_000) + "\"}", Format.JSON);

        assertThat(Loading.lines(loaded)).singleElement().asString().contains("error too-large");
    }

    @Test
    void a_name_of_a_megabyte_is_answered_in_a_line() {
        var name = "x".repeat(900_000);
        var loaded =
                load(
                        "{\"id\": \"%s\", \"tasks\": [{\"id\": \"a\", \"type\": \"noop\", \"dependsOn\": [\"%s\"]}]}"
                                .formatted(name, name),
                        Format.JSON);

        assertThat(Loading.lines(loaded)).hasSize(2).allMatch(line -> line.length() < 400);
    }

    @Test
    void a_hundred_thousand_wrong_tasks_are_answered_with_the_first_of_them() {
        var text = new StringBuilder("{\"id\": \"a\", \"tasks\": [");
        for (int task = 0; task < 80_000; task++) {
            text.append(
                    "{\"id\":\"t%d\",\"type\":\"nop\",\"dependsOn\":[\"q%d\"]},"
                            .formatted(task, task));
        }
        text.setLength(text.length() - 1);

        assertThat(load(text + "]}", Format.JSON).problems()).hasSize(1_001);
    }

    @Test
    void after_too_many_wrong_expressions_no_more_are_compiled() {
        var text = new StringBuilder("{\"id\": \"a\", \"tasks\": [");
        for (int task = 0; task < 20_000; task++) {
            text.append(
                    "{\"id\":\"t%d\",\"type\":\"log\",\"with\":{\"message\":\"${ tasks.q%d }\"}},"
                            .formatted(task, task));
        }
        text.setLength(text.length() - 1);

        var loaded = load(text + "]}", Format.JSON);

        assertThat(loaded.problems()).hasSize(1_001);
        assertThat(loaded.workflow()).isNull();
    }

    @Test
    void too_many_warnings_are_still_warnings() {
        var text = new StringBuilder("{\"id\": \"a\", \"tasks\": [");
        for (int task = 0; task < 1_500; task++) {
            text.append("{\"id\":\"t%d\",\"type\":\"noop\",\"when\":false},".formatted(task));
        }
        text.setLength(text.length() - 1);

        assertThat(load(text + "]}", Format.JSON).hasErrors()).isFalse();
    }

    @Test
    void a_schema_that_branches_without_bound_is_refused() {
        var definitions = new ArrayList<String>();
        for (int level = 0; level < 40; level++) {
            definitions.add(
                    "\"l%d\": {\"allOf\": [{\"$ref\": \"#/$defs/l%d\"}, {\"$ref\": \"#/$defs/l%d\"}]}"
                            .formatted(level, level + 1, level + 1));
        }
        definitions.add("\"l40\": {\"type\": \"string\"}");
        var loaded =
                load(
                        "{\"id\": \"a\", \"tasks\": [], \"inputs\": {\"properties\": {\"x\": {\"$ref\": \"#/$defs/l0\"}}, \"$defs\": {%s}}}"
                                .formatted(String.join(",", definitions)),
                        Format.JSON);

        assertThat(Loading.lines(loaded)).first().asString().contains("error bad-schema");
    }

    @Test
    void schemas_that_refer_to_themselves_are_refused() {
        for (var schema :
                List.of(
                        "{\"$ref\": \"#\"}",
                        "{\"properties\": {\"a\": {\"$ref\": \"#/properties/b\"}, \"b\": {\"$ref\": \"#/properties/a\"}}}",
                        "{\"allOf\": [{\"$ref\": \"#\"}]}",
                        "{\"$dynamicRef\": \"#\"}",
                        "{\"$anchor\": \"x\", \"$ref\": \"#x\"}")) {
            var loaded =
                    load(
                            "{\"id\": \"a\", \"tasks\": [], \"inputs\": %s}".formatted(schema),
                            Format.JSON);
            assertThat(Loading.lines(loaded)).as(schema).first().asString().contains("bad-schema");
        }
    }

    /// Small changes to real documents: the seeds find what nobody thought of, and stay the same
    /// from
    /// run to run.
    @Test
    void a_thousand_mutants_of_real_documents_are_all_answered() throws IOException {
        var seeds = new ArrayList<Source>();
        for (var file : BrokenDefinitionsTest.good().toList()) {
            var format = file.toString().endsWith(".yaml") ? Format.YAML : Format.JSON;
            seeds.add(new Source(Files.readString(file), format, file.toString()));
        }
        for (int seed = 0; seed < 1_500; seed++) {
            var random = new Random(seed);
            var source = seeds.get(random.nextInt(seeds.size()));
            var mutant = Mutation.of(source.text(), random);
            var loaded = Loading.LOADER.load(new Source(mutant, source.format(), "mutant " + seed));

            assertThat(loaded.problems()).as("mutant %d", seed).hasSizeLessThan(1_002);
            assertThat(loaded.problems())
                    .as("mutant %d", seed)
                    .allSatisfy(
                            problem -> {
                                assertThat(problem.line()).isPositive();
                                assertThat(problem.column()).isPositive();
                                assertThat(problem.message()).isNotBlank();
                            });
        }
    }

    private static Loaded load(String text, Format format) {
        return Loading.LOADER.load(new Source(text, format, "hostile"));
    }
}

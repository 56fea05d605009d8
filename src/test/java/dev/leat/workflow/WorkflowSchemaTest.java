package dev.leat.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.task.Problem;
import dev.leat.testing.BuiltInTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published schema and the loader say the same.
class WorkflowSchemaTest {

    private static final Map<String, @Nullable Object> SCHEMA =
            new SchemaWriter(BuiltInTypes.all(), Loading.SCHEMAS).workflow();

    /// What the loader finds in the shape of a document, and a schema can say too.
    private static final Set<String> STRUCTURE =
            Set.of(
                    "unknown-key",
                    "missing-key",
                    "wrong-type",
                    "bad-value",
                    "bad-duration",
                    "not-boolean",
                    "unknown-task-type",
                    "unknown-parameter",
                    "missing-parameter",
                    "bad-parameter");

    @Test
    void it_is_a_schema() {
        assertThat(Loading.SCHEMAS.findingsInSchema(SCHEMA)).isEmpty();
    }

    @Test
    void every_key_that_the_loader_knows_is_in_it_with_a_description() {
        for (var shape : List.of(Keys.WORKFLOW, TaskKeys.TASK, TriggerKeys.TRIGGER)) {
            for (var key : shape.keys()) {
                var written = (Map<?, ?>) properties(shape.name()).get(key.name());
                assertThat(written).as("%s of a %s", key.name(), shape.name()).isNotNull();
                assertThat(written.get("description")).as(key.name()).isNotNull();
            }
        }
    }

    @Test
    void every_key_in_it_is_one_that_the_loader_knows() {
        assertThat(properties("workflow").keySet()).isEqualTo(names(Keys.WORKFLOW));
        assertThat(properties("task").keySet()).isEqualTo(names(TaskKeys.TASK));
        var ofTriggers = names(TriggerKeys.TRIGGER);
        TriggerKeys.TRIGGER
                .variants()
                .values()
                .forEach(keys -> keys.forEach(key -> ofTriggers.add(key.name())));
        assertThat(properties("trigger").keySet()).isEqualTo(ofTriggers);
    }

    @Test
    void every_registered_type_is_offered_with_its_parameters() {
        for (var type : BuiltInTypes.all()) {
            assertThat(definitions().get(type.reference())).isNotNull();
            var wrong =
                    Map.of(
                            "id",
                            "a",
                            "tasks",
                            List.of(
                                    Map.of(
                                            "id",
                                            "a",
                                            "type",
                                            type.name(),
                                            "with",
                                            Map.of("nosuchparameter", 1L))));
            assertThat(Loading.SCHEMAS.findings(SCHEMA, wrong)).as(type.name()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("readable")
    void it_judges_the_shape_of_a_document_as_the_loader_does(Path file) throws IOException {
        var found =
                BrokenDefinitionsTest.load(file).problems().stream()
                        .filter(problem -> problem.isError() && STRUCTURE.contains(problem.code()))
                        .map(Problem::toString)
                        .toList();
        var bySchema = Loading.SCHEMAS.findings(SCHEMA, document(file));

        assertThat(bySchema.isEmpty())
                .as("loader: %s, schema: %s", found, bySchema)
                .isEqualTo(found.isEmpty());
    }

    @Test
    void where_a_value_may_stand_an_expression_may_stand_too() {
        var document =
                Map.of(
                        "id",
                        "a",
                        "tasks",
                        List.of(
                                Map.of(
                                        "id",
                                        "a",
                                        "type",
                                        "shell",
                                        "with",
                                        Map.of(
                                                "command",
                                                "true",
                                                "successExitCodes",
                                                "${ vars.codes }"))));

        assertThat(Loading.SCHEMAS.findings(SCHEMA, document)).isEmpty();
    }

    static Stream<Path> readable() throws IOException {
        var files = new ArrayList<Path>();
        Stream.concat(BrokenDefinitionsTest.good(), BrokenDefinitionsTest.broken())
                .filter(file -> isReadable(file))
                .forEach(files::add);
        assertThat(files).hasSizeGreaterThan(30);
        return files.stream();
    }

    private static boolean isReadable(Path file) {
        try {
            return read(file).root().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object document(Path file) throws IOException {
        return read(file).root().orElseThrow().plain();
    }

    private static DocumentReader.Document read(Path file) throws IOException {
        var format =
                file.toString().endsWith(".yaml")
                        ? WorkflowLoader.Format.YAML
                        : WorkflowLoader.Format.JSON;
        var text = Files.readString(file);
        return new DocumentReader(Loading.config(Map.of()))
                .read(new WorkflowLoader.Source(text, format, file.toString()));
    }

    private static TreeSet<String> names(Shape.Keyed shape) {
        var names = new TreeSet<String>();
        shape.keys().forEach(key -> names.add(key.name()));
        return names;
    }

    private static Map<?, ?> definitions() {
        return (Map<?, ?>) Objects.requireNonNull(SCHEMA.get("$defs"));
    }

    private static Map<?, ?> properties(String definition) {
        var object = (Map<?, ?>) Objects.requireNonNull(definitions().get(definition));
        return (Map<?, ?>) Objects.requireNonNull(object.get("properties"));
    }
}

package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.leat.task.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Manifests with mistakes in them: each is told its code and place, by the loader and, where a
/// schema can tell it, in the author's editor as well.
class PluginManifestTest {

    private static final String GOOD =
            """
            {"version": "1.0.0", "title": "T", "description": "D", "command": ["sh", "./run.sh"],
             "taskTypes": [{"type": "t.one", "version": 1, "title": "T", "description": "D",
                            "parameters": {"type": "object"}, "output": {}}]}
            """;

    private final Path root;

    PluginManifestTest(@TempDir Path root) throws IOException {
        this.root = root.toRealPath();
    }

    @Test
    void the_manifest_that_the_others_are_made_from_is_fine() throws Exception {
        assertThat(problems(GOOD)).isEmpty();
        assertThat(schema().validate(GOOD, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // in the good one | instead                                        | code
                //  | pointer
                "\"version\": \"1.0.0\", | ~~                                        | missing-key     | ~~",
                "\"version\": \"1.0.0\" | \"version\": 1                              | wrong-kind      | /version",
                "\"version\": \"1.0.0\" | \"version\": null                           | wrong-kind      | /version",
                "\"version\": \"1.0.0\" | \"version\": \"\"                           | invalid-value   | /version",
                "\"version\": \"1.0.0\" | \"version\": \"1 0\"                        | invalid-value   | /version",
                "{\"version\": \"1.0.0\" | {\"protocol\": 2, \"version\": \"1\"       | unknown-protocol | /protocol",
                "{\"version\": \"1.0.0\" | {\"protocol\": \"1\", \"version\": \"1\"   | wrong-kind      | /protocol",
                "\"command\": [\"sh\", \"./run.sh\"], | ~~                             | no-command      | /command",
                "[\"sh\", \"./run.sh\"] | \"sh ./run.sh\"                             | wrong-kind      | /command",
                "[\"sh\", \"./run.sh\"] | []                                          | no-command      | /command",
                "[\"sh\", \"./run.sh\"] | [\"sh\", 1]                                 | wrong-kind      | /command/1",
                "[\"sh\", \"./run.sh\"] | [\"/bin/sh\"]                               | invalid-value   | /command/0",
                "[\"sh\", \"./run.sh\"] | [\"../sh\"]                                 | invalid-value   | /command/0",
                "\"title\": \"T\", \"description\": \"D\", \"command\" | \"titel\": \"T\", \"description\": \"D\", \"command\" | unknown-key | /titel",
                "\"taskTypes\" | \"links\": {\"a\": \"javascript:alert(1)\"}, \"taskTypes\" | invalid-value | /links",
                "\"taskTypes\" | \"links\": [], \"taskTypes\"                         | wrong-kind      | /links",
                "\"taskTypes\" | \"passEnvironment\": [\"A=B\"], \"taskTypes\"        | invalid-value   | /passEnvironment/0",
                "\"taskTypes\" | \"passEnvironment\": [\"LEAT_FENCE\"], \"taskTypes\" | invalid-value   | /passEnvironment/0",
                "\"taskTypes\": [{ | \"taskTypes\": [], \"x-rest\": [{               | no-types        | /taskTypes",
                "\"taskTypes\": [{ | \"taskTypes\": [3, {                            | wrong-kind      | /taskTypes/0",
                "\"type\": \"t.one\", | ~~                                           | missing-key     | /taskTypes/0",
                "\"t.one\" | \"T.One\"                                               | invalid-value   | /taskTypes/0/type",
                "\"t.one\" | \"t one\"                                               | invalid-value   | /taskTypes/0/type",
                "\"t.one\" | \"t@1\"                                                 | invalid-value   | /taskTypes/0/type",
                "\"t.one\" | \"../t\"                                                | invalid-value   | /taskTypes/0/type",
                "\"version\": 1, | \"version\": 0,                                   | wrong-kind      | /taskTypes/0/version",
                "\"version\": 1, | \"version\": 1.5,                                 | wrong-kind      | /taskTypes/0/version",
                "\"version\": 1, | \"version\": 9223372036854775807,                 | wrong-kind      | /taskTypes/0/version",
                "\"parameters\": | \"parameter\":                                    | unknown-key     | /taskTypes/0/parameter",
                "{\"type\": \"object\"} | {\"type\": \"string\"}                      | wrong-kind      | /taskTypes/0/parameters",
                "{\"type\": \"object\"} | []                                          | wrong-kind      | /taskTypes/0/parameters",
                "\"output\": {} | \"output\": true                                    | wrong-kind      | /taskTypes/0/output"
            })
    void a_mistake_is_told_with_its_code_and_place(
            String good, String bad, String code, String pointer) throws Exception {
        assertThat(GOOD).contains(good);
        var manifest = GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));
        assertThat(problems(manifest))
                .anySatisfy(
                        problem -> {
                            assertThat(problem.code()).isEqualTo(code);
                            assertThat(problem.pointer()).isEqualTo(pointer);
                            assertThat(problem.message()).matches("(?s)['A-Z].*\\.");
                        });
        assertThat(schema().validate(manifest, InputFormat.JSON)).isNotEmpty();
    }

    static Stream<List<String>> what_a_schema_cannot_tell() {
        return Stream.of(
                List.of("{\"version\"", "{\"name\": \"other\", \"version\"", "wrong-name"),
                List.of("[\"sh\", \"./run.sh\"]", "[\"no-such-program\"]", "no-program"),
                List.of("[\"sh\", \"./run.sh\"]", "[\"./missing.sh\"]", "no-file"),
                List.of("[\"sh\", \"./run.sh\"]", "[\"./plugin.json\"]", "not-executable"),
                List.of("[\"sh\", \"./run.sh\"]", "[\"sh\", \"./../../etc/passwd\"]", "no-file"),
                List.of("[\"sh\", \"./run.sh\"]", "[\"sh\", \"./\\u0000\"]", "no-file"),
                List.of(
                        "\"output\": {}}",
                        "\"output\": {}}, {\"type\": \"t.one\", \"title\": \"T\", \"description\": \"D\"}",
                        "duplicate-type"),
                List.of(
                        "{\"type\": \"object\"}",
                        "{\"properties\": {\"a\": {\"type\": \"strnig\"}}}",
                        "invalid-schema"),
                List.of("{\"type\": \"object\"}", "{\"required\": \"a\"}", "invalid-schema"),
                List.of(
                        "{\"type\": \"object\"}",
                        "{\"$ref\": \"http://127.0.0.1/schema.json\"}",
                        "foreign-reference"),
                List.of(
                        "\"output\": {}",
                        "\"output\": {\"items\": {\"$ref\": \"file:///etc/passwd\"}}",
                        "foreign-reference"));
    }

    @ParameterizedTest
    @MethodSource("what_a_schema_cannot_tell")
    void what_only_the_loader_can_know_is_told_by_it(List<String> mistake) throws Exception {
        assertThat(GOOD).contains(mistake.get(0));
        assertThat(problems(GOOD.replace(mistake.get(0), mistake.get(1))))
                .extracting(Problem::code)
                .contains(mistake.get(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~                       | Unexpected character",
                "[1]                     | expected a JSON object",
                "{\"version\": 1, \"version\": 2} | Duplicate field 'version'",
                "{} trailing             | Unrecognized token 'trailing'",
                "{\"version\": NaN}      | Non-standard token 'NaN'"
            })
    void what_is_no_json_object_is_told(String manifest, String message) throws Exception {
        assertThat(problems(manifest))
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.code()).isEqualTo("invalid-json");
                            assertThat(problem.message()).contains(message);
                        });
    }

    @Test
    void json_deeper_than_any_manifest_is_refused() throws Exception {
        assertThat(problems("{\"version\": " + "[".repeat(100_000)))
                .singleElement()
                .extracting(Problem::code)
                .isEqualTo("invalid-json");
    }

    @Test
    void all_mistakes_are_told_at_once_with_a_suggestion() throws Exception {
        var manifest =
                GOOD.replace(
                                "\"title\": \"T\", \"description\": \"D\", \"command\"",
                                "\"titel\": \"T\", \"comand\"")
                        .replace("t.one", "T");
        assertThat(problems(manifest))
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        "unknown-key", "unknown-key", "no-command", "invalid-value");
        assertThat(problems(manifest))
                .extracting(Problem::hint)
                .contains("did you mean 'title'?", "did you mean 'command'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Csv", "a b", "-csv", "ü", "a.b"})
    void a_folder_with_an_odd_name_is_told(String name) throws Exception {
        var folder = Files.createDirectory(root.resolve(name));
        assertThat(PluginFolder.read(root, folder).plugin().problems())
                .extracting(Problem::code)
                .containsExactly("invalid-name");
    }

    private List<Problem> problems(String manifest) throws IOException {
        var folder = Files.createDirectories(root.resolve("plugin"));
        Files.writeString(folder.resolve("run.sh"), "");
        Files.writeString(folder.resolve("plugin.json"), manifest);
        return PluginFolder.read(root, folder).plugin().problems();
    }

    private static Schema schema() throws IOException {
        var text =
                Files.readString(
                        Path.of("src/main/resources/META-INF/resources/schema/plugin-v1.json"));
        return SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                .getSchema(text, InputFormat.JSON);
    }
}

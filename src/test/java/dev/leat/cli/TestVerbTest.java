package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.cli.TestVerb.Tested;
import dev.leat.engine.simulation.WorkflowTests;
import dev.leat.store.Json;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class TestVerbTest {

    @Inject TestVerb verb;
    @Inject WorkflowTests tests;
    @TempDir Path folder;

    @BeforeEach
    void a_workflow_that_starts_another() throws IOException {
        write(
                "parent.json",
                """
                {"id": "parent", "namespace": "sales", "tasks": [{"id": "go", "type": "subflow", "with": {"workflow": "child"}}],
                 "outputs": {"n": "${ tasks.go.output.n }"}}""");
        write(
                "any-name.json",
                "{\"id\": \"child\", \"namespace\": \"sales\", \"tasks\": [{\"id\": \"n\", \"type\": \"shell\", \"with\": {\"command\": \"true\"}}], \"outputs\": {\"n\": \"${ tasks.n.output.result }\"}}");
        write("child.json", "{\"id\": \"child\", \"namespace\": \"elsewhere\", \"tasks\": []}");
        write("broken.yaml", "a: [");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void tests(int wanted) throws IOException {
        write(
                "parent.test.json",
                """
                {"tests": [
                  {"name": "one", "mocks": {"go/n": {"output": {"result": 3}}}, "expect": {"outputs": {"n": 3}}},
                  {"name": "two", "mocks": {"go/n": {"output": {"result": 3}}}, "expect": {"outputs": {"n": %d}}}]}"""
                        .formatted(wanted));
    }

    private int perform(String... arguments) {
        var command = new TestCommand();
        new picocli.CommandLine(command).parseArgs(arguments);
        return verb.perform(command);
    }

    @Test
    void a_workflow_that_a_task_starts_is_found_beside_the_file_whatever_its_file_is_called()
            throws IOException {
        tests(3);

        assertThat(perform(folder.toString())).isEqualTo(Exit.SUCCESS);
    }

    @Test
    void a_failing_test_ends_with_1_and_is_written_for_build_servers() throws IOException {
        tests(4);
        var junit = folder.resolve("new/folder/junit.xml");

        assertThat(perform(folder.toString(), "--junit", junit.toString())).isEqualTo(Exit.FAILED);
        assertThat(Files.readString(junit))
                .contains("tests=\"2\" failures=\"1\" errors=\"0\"")
                .contains("<failure message=\"outputs.n is another.\">");
    }

    @Test
    void a_file_that_cannot_be_used_ends_with_2_and_is_an_error_for_build_servers()
            throws IOException {
        write("parent.test.json", "{\"tests\": [{\"name\": \"a\"}]}");
        var junit = folder.resolve("junit.xml");

        assertThat(perform(folder.toString(), "--junit", junit.toString())).isEqualTo(Exit.REFUSED);
        assertThat(Files.readString(junit)).contains("errors=\"1\"").contains("missing-key");
    }

    @Test
    void json_has_what_rest_answers_and_the_file() throws IOException {
        tests(4);
        var file = folder.resolve("parent.test.json").toString();
        var report = tests.run(Sources.workflow(file), TestFiles.beside(file));

        var json = Json.readObject(Json.write(TestJson.of(new Tested(file, report))));

        assertThat(json)
                .containsEntry("file", file)
                .containsEntry("workflow", "sales.parent")
                .containsEntry("passed", false)
                .containsEntry("problems", List.of());
        var second = (Map<?, ?>) ((List<?>) json.get("tests")).get(1);
        assertThat(second.get("passed")).isEqualTo(false);
        assertThat(((List<?>) second.get("failures")).getFirst())
                .isEqualTo(
                        Json.readObject(
                                """
                                {"pointer": "/tests/1/expect/outputs/n", "line": 3, "column": 93, "message": "outputs.n is another.",
                                 "expected": "4", "actual": "3", "hint": null}"""));
        assertThat((List<?>) second.get("timeline")).isNotEmpty();
    }
}

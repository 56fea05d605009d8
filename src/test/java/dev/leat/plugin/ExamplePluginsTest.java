package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.process.TestLauncher;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.testing.RecordedAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The plugins that come with Leat, run for real.
class ExamplePluginsTest {

    private static final Path PLUGINS = Path.of("plugins");

    private final TaskRegistry registry = new TaskRegistry(List.of());
    private final PluginLoader loader;
    private final Path directory;

    ExamplePluginsTest(@TempDir Path directory) {
        record Config(Path directory, Duration poll) implements PluginConfig {}
        this.directory = directory;
        this.loader =
                new PluginLoader(
                        new Config(PLUGINS, Duration.ofMinutes(1)),
                        registry,
                        TestLauncher.withGrace(Duration.ofSeconds(1)));
    }

    @BeforeEach
    void load() {
        loader.scan();
    }

    @Test
    void all_can_be_used() {
        assertThat(loader.plugins()).extracting(PluginLoader.Plugin::name).contains("csv", "files");
        assertThat(loader.plugins()).allSatisfy(plugin -> assertThat(plugin.problems()).isEmpty());
    }

    @Test
    void each_has_a_readme_and_an_example() {
        assertThat(loader.plugins())
                .allSatisfy(
                        plugin -> {
                            var folder = PLUGINS.resolve(plugin.name());
                            assertThat(folder.resolve("README.md")).exists();
                            assertThat(folder.resolve("example.json")).exists();
                        });
    }

    @Test
    void csv_profile_describes_each_column() throws Exception {
        var text = "id;amount;note\n1;9.5;\n2;-3;x\n3;;y\n";
        assertThat(output("csv.profile", Map.of("text", text, "delimiter", ";")))
                .isEqualTo(
                        Map.of(
                                "rows",
                                3L,
                                "columns",
                                List.of(
                                        column("id", "integer", 0, 3, 1L, 3L, 2.0),
                                        column("amount", "number", 1, 2, -3L, 9.5, 3.25),
                                        column("note", "text", 1, 2, "x", "y", null))));
    }

    @Test
    void csv_aggregate_groups_rows() throws Exception {
        var parameters =
                Map.<String, @Nullable Object>of(
                        "file", "plugins/csv/orders.csv",
                        "groupBy", List.of("country"),
                        "measures",
                                Map.of(
                                        "orders", Map.of("function", "count"),
                                        "largest", Map.of("function", "max", "column", "amount")));
        assertThat(output("csv.aggregate", parameters))
                .isEqualTo(
                        Map.of(
                                "rows",
                                6L,
                                "groups",
                                List.of(
                                        Map.of("country", "DE", "orders", 3L, "largest", 74.6),
                                        Map.of("country", "FR", "orders", 2L, "largest", 45.0),
                                        Map.of("country", "PT", "orders", 1L, "largest", 120.0))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | csv.empty  | There is no header",
                "a,a         | csv.header | same name",
                "a,b;1       | csv.row    | Line 2 has 1 values; the header has 2.",
                "a,b;\"1,2;3 | csv.syntax | can't be read"
            })
    void csv_says_what_is_wrong_with_a_file(String lines, String code, String message)
            throws Exception {
        var text = lines.replace(";", "\n");
        var error = failure("csv.profile", Map.of("text", text));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).contains(message);
    }

    @Test
    void csv_names_the_columns_there_are() throws Exception {
        var measures = Map.of("sum", Map.of("function", "sum", "column", "amuont"));
        var error = failure("csv.aggregate", Map.of("text", "id,amount\n", "measures", measures));
        assertThat(error.message())
                .isEqualTo("There is no column 'amuont'. There are: id, amount.");
    }

    @Test
    void files_stats_counts_what_fits() throws Exception {
        write("a.csv", 10);
        write("b.csv", 30);
        write("--weird \"name\\.csv", 20);
        write("c.txt", 99);
        var output =
                output("files.stats", Map.of("path", directory.toString(), "pattern", "*.csv"));
        assertThat(output)
                .isEqualTo(
                        Map.of(
                                "files", 3L,
                                "bytes", 60L,
                                "largest",
                                        Map.of(
                                                "path",
                                                directory.resolve("b.csv").toString(),
                                                "bytes",
                                                30L)));
    }

    @Test
    void files_stats_survives_odd_names() throws Exception {
        write("--odd \"name\\ $(touch p)\n.csv", 20);
        var attempt = new RecordedAttempt(directory, Map.of("path", directory.toString()));
        var output = ((Outcome.Succeeded) perform("files.stats", attempt)).output();
        assertThat(output).asString().contains("files=1").contains("--odd \"name\\ $(touch p)");
        assertThat(directory.resolve("p")).doesNotExist();
        assertThat(attempt.logged(LogKind.INFO)).startsWith("Counting * in ");
    }

    @Test
    void files_stats_of_no_folder_is_a_failure() throws Exception {
        var error = failure("files.stats", Map.of("path", "/no/such/folder"));
        assertThat(error.code()).isEqualTo("files.not-found");
        assertThat(error.message()).isEqualTo("There is no folder /no/such/folder.");
    }

    private static Map<String, @Nullable Object> column(
            String name,
            String kind,
            long empty,
            long distinct,
            Object min,
            Object max,
            @Nullable Object mean) {
        var column = new HashMap<String, @Nullable Object>();
        column.put("name", name);
        column.put("kind", kind);
        column.put("empty", empty);
        column.put("distinct", distinct);
        column.put("min", min);
        column.put("max", max);
        column.put("mean", mean);
        return column;
    }

    private void write(String name, int bytes) throws IOException {
        Files.write(directory.resolve(name), new byte[bytes]);
    }

    private Outcome perform(String type, RecordedAttempt attempt) throws Exception {
        return registry.find(type).orElseThrow().task().perform(attempt);
    }

    private @Nullable Object output(String type, Map<String, @Nullable Object> parameters)
            throws Exception {
        var outcome = perform(type, new RecordedAttempt(directory, parameters));
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) outcome).output();
    }

    private TaskError failure(String type, Map<String, @Nullable Object> parameters)
            throws Exception {
        var outcome = perform(type, new RecordedAttempt(directory, parameters));
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).error();
    }
}

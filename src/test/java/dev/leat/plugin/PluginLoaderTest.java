package dev.leat.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.plugin.PluginLoader.Plugin;
import dev.leat.plugin.process.TestLauncher;
import dev.leat.task.Outcome;
import dev.leat.task.TaskContext;
import dev.leat.testing.RecordedAttempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PluginLoaderTest {

    private static final String GREETER =
            """
            {"version": "1.0.0", "title": "Greeter", "description": "Greets.", "command": ["./greet.sh"],
             "links": {"home": "https://example.com/greeter"},
             "taskTypes": [{"type": "greet", "title": "Greet", "description": "Greets somebody.",
                            "parameters": {"properties": {"name": {"type": "string"}}}}]}
            """;
    private static final String PROGRAM =
            "#!/bin/sh\nprintf '{\"result\": \"Hello %s\"}\\n' \"$LEAT_PARAMETER_NAME\"\n";

    private final Path root;
    private final Path directory;
    private final TaskRegistry registry = new TaskRegistry(List.of(new Built()));
    private final PluginLoader loader;

    PluginLoaderTest(@TempDir Path root) {
        this.root = root;
        this.directory = root.resolve("plugins");
        this.loader = loader(Duration.ofMinutes(10));
    }

    @AfterEach
    void stop() {
        loader.stop();
    }

    @Test
    void a_plugin_that_is_there_at_the_start_can_be_used() throws Exception {
        install("greeter", GREETER);
        loader.start();
        assertThat(greet("Ada")).isEqualTo("Hello Ada");
    }

    @Test
    void a_plugin_is_shown_as_its_manifest_describes_it() throws Exception {
        install("greeter", GREETER);
        loader.scan();
        var plugin = plugin("greeter");
        assertThat(plugin.problems()).isEmpty();
        assertThat(plugin.version()).isEqualTo("1.0.0");
        assertThat(plugin.title()).isEqualTo("Greeter");
        assertThat(plugin.links()).containsEntry("home", "https://example.com/greeter");
        assertThat(plugin.directory()).endsWith("plugins/greeter");
        assertThat(plugin.types())
                .singleElement()
                .satisfies(
                        type -> {
                            assertThat(type.reference()).isEqualTo("greet@1");
                            assertThat(type.origin()).isEqualTo("greeter");
                            assertThat(type.execution()).isEqualTo("process");
                            assertThat(type.parameters()).containsEntry("type", "object");
                        });
    }

    @Test
    void no_plugin_directory_is_no_plugins() {
        loader.start();
        assertThat(loader.plugins()).isEmpty();
    }

    @Test
    void a_plugin_that_is_dropped_in_works_without_a_restart() throws Exception {
        Files.createDirectory(directory);
        loader.start();
        install("greeter", GREETER);
        await(() -> registry.find("greet").isPresent());
        assertThat(greet("Ada")).isEqualTo("Hello Ada");
    }

    @Test
    void a_half_copied_plugin_works_once_it_is_complete() throws Exception {
        Files.createDirectory(directory);
        loader.start();
        var folder = Files.createDirectory(directory.resolve("greeter"));
        await(() -> !loader.plugins().isEmpty());
        assertThat(codes("greeter")).containsExactly("no-manifest");

        Files.writeString(folder.resolve("plugin.json"), GREETER.substring(0, 50));
        await(() -> codes("greeter").equals(List.of("invalid-json")));

        Files.writeString(folder.resolve("plugin.json"), GREETER);
        await(() -> codes("greeter").equals(List.of("no-file")));

        program(folder);
        await(() -> registry.find("greet").isPresent());
        assertThat(greet("Ada")).isEqualTo("Hello Ada");
    }

    @Test
    void a_plugin_that_is_removed_vanishes() throws Exception {
        var folder = install("greeter", GREETER);
        loader.start();
        assertThat(registry.find("greet")).isPresent();
        Files.delete(folder.resolve("plugin.json"));
        Files.delete(folder.resolve("greet.sh"));
        Files.delete(folder);
        await(() -> loader.plugins().isEmpty());
        assertThat(registry.find("greet")).isEmpty();
    }

    @Test
    void a_changed_plugin_is_taken_as_it_is_now() throws Exception {
        var folder = install("greeter", GREETER);
        loader.start();
        Files.writeString(folder.resolve("plugin.json"), GREETER.replace("1.0.0", "2.0.0"));
        await(() -> plugin("greeter").version().equals("2.0.0"));
    }

    @Test
    void what_no_event_tells_of_is_found_by_looking() throws Exception {
        // The directory isn't there when the watch begins, so only the poll can find it.
        try (var polling = new Closing(loader(Duration.ofMillis(50)))) {
            polling.loader.start();
            install("greeter", GREETER);
            await(() -> !polling.loader.plugins().isEmpty());
            assertThat(polling.loader.plugins().getFirst().name()).isEqualTo("greeter");
        }
    }

    @Test
    void looking_again_without_a_change_changes_nothing() throws Exception {
        install("greeter", GREETER);
        loader.scan();
        var generation = registry.generation();
        loader.scan();
        assertThat(registry.generation()).isEqualTo(generation);
    }

    @Test
    void a_broken_plugin_harms_no_other() throws Exception {
        install("broken", "{");
        install("greeter", GREETER);
        loader.start();
        assertThat(plugin("broken").usable()).isFalse();
        assertThat(greet("Ada")).isEqualTo("Hello Ada");
    }

    @Test
    void a_built_in_type_cannot_be_replaced_in_any_version() throws Exception {
        install("greeter", GREETER.replace("\"greet\"", "\"built\", \"version\": 9"));
        loader.scan();
        assertThat(plugin("greeter").problems())
                .singleElement()
                .hasToString(
                        "/taskTypes/0/type error type-taken: The task type 'built' belongs to Leat itself.");
        assertThat(registry.find("built@9")).isEmpty();
    }

    @Test
    void a_plugin_that_is_dropped_in_cannot_take_the_name_of_another() throws Exception {
        install("greeter", GREETER);
        loader.scan();
        install("another", GREETER);
        loader.scan();
        assertThat(plugin("greeter").usable()).isTrue();
        assertThat(plugin("another").problems())
                .singleElement()
                .asString()
                .contains("belongs to plugin 'greeter'");
    }

    @Test
    void links_that_lead_out_of_the_folders_are_refused() throws Exception {
        Files.createDirectories(directory);
        var outside = root.resolve("outside");
        install(outside, GREETER);
        Files.createSymbolicLink(directory.resolve("linked-folder"), outside);
        var manifest = Files.createDirectory(directory.resolve("linked-manifest"));
        Files.createSymbolicLink(manifest.resolve("plugin.json"), outside.resolve("plugin.json"));
        program(manifest);
        var program = Files.createDirectory(directory.resolve("linked-program"));
        Files.writeString(program.resolve("plugin.json"), GREETER);
        Files.createSymbolicLink(program.resolve("greet.sh"), outside.resolve("greet.sh"));
        loader.scan();
        assertThat(codes("linked-folder")).containsExactly("outside-directory");
        assertThat(codes("linked-manifest")).containsExactly("outside-directory");
        assertThat(codes("linked-program")).containsExactly("outside-directory");
        assertThat(registry.find("greet")).isEmpty();
    }

    @Test
    void links_within_a_plugin_are_fine() throws Exception {
        // This is how Kubernetes mounts files.
        var folder = Files.createDirectories(directory.resolve("greeter"));
        var data = Files.createDirectory(folder.resolve("..data"));
        install(data, GREETER);
        Files.createSymbolicLink(folder.resolve("plugin.json"), Path.of("..data/plugin.json"));
        Files.createSymbolicLink(folder.resolve("greet.sh"), Path.of("..data/greet.sh"));
        loader.scan();
        assertThat(greet("Ada")).isEqualTo("Hello Ada");
    }

    @Test
    void a_manifest_that_is_no_file_is_not_waited_for() throws Exception {
        var folder = Files.createDirectories(directory.resolve("pipe"));
        new ProcessBuilder("mkfifo", folder.resolve("plugin.json").toString()).start().waitFor();
        loader.scan();
        assertThat(codes("pipe")).containsExactly("no-manifest");
    }

    @Test
    void a_huge_or_binary_manifest_is_refused() throws Exception {
        install("huge", " ".repeat(1_100_000));
        var folder = Files.createDirectories(directory.resolve("binary"));
        Files.write(
                folder.resolve("plugin.json"), "{\"ü\": 1}".getBytes(StandardCharsets.ISO_8859_1));
        loader.scan();
        assertThat(plugin("huge").problems().getFirst().message()).contains("larger than 1 MiB");
        assertThat(plugin("binary").problems().getFirst().message()).contains("UTF-8");
    }

    @Test
    void files_and_hidden_folders_beside_the_plugins_are_not_looked_at() throws Exception {
        Files.createDirectories(directory.resolve(".git"));
        Files.writeString(directory.resolve("README.md"), "Plugins");
        loader.scan();
        assertThat(loader.plugins()).isEmpty();
    }

    private PluginLoader loader(Duration poll) {
        record Config(Path directory, Duration poll) implements PluginConfig {}
        return new PluginLoader(
                new Config(directory, poll),
                registry,
                TestLauncher.withGrace(Duration.ofSeconds(1)));
    }

    private Path install(String name, String manifest) throws IOException {
        return install(directory.resolve(name), manifest);
    }

    private Path install(Path folder, String manifest) throws IOException {
        Files.createDirectories(folder);
        program(folder);
        Files.writeString(folder.resolve("plugin.json"), manifest);
        return folder;
    }

    private static void program(Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("greet.sh"), PROGRAM);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Object greet(String name) throws Exception {
        var task = registry.find("greet").orElseThrow().task();
        var attempt = new RecordedAttempt(root, Map.of("name", name));
        return String.valueOf(((Outcome.Succeeded) task.perform(attempt)).output());
    }

    private Plugin plugin(String name) {
        return loader.plugins().stream()
                .filter(one -> one.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private List<String> codes(String name) {
        return plugin(name).problems().stream().map(problem -> problem.code()).toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(20);
        }
    }

    private record Closing(PluginLoader loader) implements AutoCloseable {
        @Override
        public void close() {
            loader.stop();
        }
    }

    private static final class Built implements BuiltIn {
        @Override
        public TaskType type() {
            return new TaskType("built", 1, "", "", Map.of(), Map.of(), "built-in", "java");
        }

        @Override
        public Outcome perform(TaskContext context) {
            return Outcome.succeeded(null);
        }
    }
}

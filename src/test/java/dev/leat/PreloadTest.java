package dev.leat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.leat.testing.Compiler;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the training of the AOT cache loads because it has no PostgreSQL.
class PreloadTest {

    private static final Path SOURCES = Path.of("src/main/aot");
    private static final String STARTED = "dev.leat.PreloadTest.started";
    private static final String PROGRAM =
            """
            package dev.leat.cli;

            public final class LeatMain {
                public static void main(String... arguments) {
                    System.setProperty("%s", String.join(" ", arguments));
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void each_class_that_a_start_on_postgresql_is_said_to_take_is_there() throws Exception {
        for (var name : Files.readAllLines(SOURCES.resolve("postgresql.classes"))) {
            assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
                    .as(
                            "%s: if it has gone, take it out; docs/decisions/2026-11-27-the-jit-while-leat-starts.md says how the list is made",
                            name)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void the_program_starts_also_where_a_class_is_missing() throws Exception {
        var program =
                Files.writeString(folder.resolve("LeatMain.java"), PROGRAM.formatted(STARTED));
        var compiled = folder.resolve("classes/");
        Compiler.compile(compiled, SOURCES.resolve("Preload.java"), program);
        var names = Files.writeString(folder.resolve("names"), "no.such.Class\n");
        System.setProperty("preload", names.toString());
        try (var loader = Compiler.loader(compiled)) {
            var main = loader.loadClass("Preload").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[] {"serve", "--port=0"});
            assertThat(System.getProperty(STARTED)).isEqualTo("serve --port=0");
        } finally {
            System.clearProperty("preload");
            System.clearProperty(STARTED);
        }
    }
}

package dev.leat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.Compiler;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What `src/main/aot` makes of jars whose classes an AOT cache wouldn't keep.
class RenewedJarTest {

    /// The class files of Java 6, see 4.10 of the JVM's specification.
    private static final int QUICKLY_CHECKED = 50;

    @TempDir Path folder;

    private Path old;
    private Path renewed;

    @BeforeEach
    void renew() throws Exception {
        var compiled = folder.resolve("classes");
        Compiler.compile(compiled, Path.of("src/main/aot/RenewedJar.java"));
        old =
                Path.of(
                        CommandLine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        renewed = folder.resolve("renewed.jar");
        try (var loader = Compiler.loader(compiled)) {
            var made = loader.loadClass("RenewedJar").getDeclaredMethod("of", Path.class);
            made.setAccessible(true);
            Files.write(renewed, (byte[]) made.invoke(null, old));
        }
    }

    @Test
    void the_jdk_accepts_each_class_and_each_is_quickly_checked() throws Exception {
        try (var loader = Compiler.loader(renewed)) {
            for (var name : classes(renewed)) {
                assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
                assertThat(version(loader, name)).as(name).isGreaterThanOrEqualTo(QUICKLY_CHECKED);
            }
        }
    }

    @Test
    void nothing_is_left_out() throws IOException {
        assertThat(entries(renewed)).isEqualTo(entries(old));
    }

    private static int version(ClassLoader loader, String name) throws IOException {
        try (var read = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            var bytes = new DataInputStream(read);
            bytes.skipBytes(6);
            return bytes.readUnsignedShort();
        }
    }

    private static List<String> classes(Path jar) throws IOException {
        return entries(jar).stream()
                .filter(entry -> entry.endsWith(".class") && !entry.endsWith("module-info.class"))
                // For those who have Groovy, too.
                .filter(entry -> !entry.contains("groovy"))
                .map(entry -> entry.replace(".class", "").replace('/', '.'))
                .toList();
    }

    private static List<String> entries(Path jar) throws IOException {
        try (var opened = new JarFile(jar.toFile())) {
            return opened.stream().map(entry -> entry.getName()).toList();
        }
    }
}

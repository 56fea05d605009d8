package dev.leat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What `src/main/aot` makes of jars whose classes an AOT cache wouldn't keep.
class RenewedJarTest {

    /// As of Java 6; see [the JVM's
    // specification](https://docs.oracle.com/javase/specs/jvms/se25/html/jvms-4.html#jvms-4.10).
    private static final int QUICKLY_CHECKED = 50;

    @TempDir Path folder;

    private Path old;
    private Path renewed;

    @BeforeEach
    void renew() throws Exception {
        var compiled = folder.resolve("classes").toString();
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .run(
                                        null,
                                        null,
                                        null,
                                        "-d",
                                        compiled,
                                        "src/main/aot/RenewedJar.java"))
                .isZero();
        old =
                Path.of(
                        CommandLine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        renewed = folder.resolve("renewed.jar");
        try (var loader = loader(folder.resolve("classes/"))) {
            var made = loader.loadClass("RenewedJar").getDeclaredMethod("of", Path.class);
            made.setAccessible(true);
            Files.write(renewed, (byte[]) made.invoke(null, old));
        }
    }

    @Test
    void the_jdk_accepts_each_class_and_each_is_quickly_checked() throws Exception {
        try (var loader = loader(renewed)) {
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

    private static URLClassLoader loader(Path path) throws IOException {
        return new URLClassLoader(
                new URL[] {path.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
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

package dev.leat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Sources that no build compiles.
public final class Compiler {

    private Compiler() {}

    /// Puts what it makes of the sources into that folder.
    public static void compile(Path to, Path... sources) {
        var arguments =
                Stream.concat(
                        Stream.of("-d", to.toString()), Stream.of(sources).map(Path::toString));
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    /// Has the JDK's classes, and those of this folder or jar.
    public static URLClassLoader loader(Path path) throws IOException {
        return new URLClassLoader(
                new URL[] {path.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }
}

package dev.leat.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The packaged program as `./leat` starts it: with the JDK's notes on it, which take a start to
/// less than half of its time. Where there are none yet they are made, see
/// `src/main/aot/Training.java`.
///
/// @param application the folder with its jars
/// @param cache the JDK's notes
public record PackagedProgram(Path application, Path cache) {

    private static final Path BUILT = Path.of("target", "quarkus-app").toAbsolutePath();

    /// The notes are of use only with these.
    private static final List<String> FLAGS =
            List.of(
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

    /// A test is over before the second compiler has been of use.
    private static final List<String> FOR_SHORT =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /// What the build has left.
    public static PackagedProgram built() {
        return in(BUILT);
    }

    /// @throws IllegalStateException where the JDK can't make its notes
    public static synchronized PackagedProgram in(Path application) {
        var program = new PackagedProgram(application, cacheOf(application));
        if (!program.isLearnt()) {
            program.learn();
        }
        return program;
    }

    /// Where `./leat` has it, too: each JDK has its own.
    private static Path cacheOf(Path application) {
        var name = "leat-" + System.getProperty("java.runtime.version") + ".aot";
        return application.resolveSibling(name);
    }

    /// The beginning of a command line; the program's words come after it.
    ///
    /// @param options for the JVM
    public List<String> command(List<String> options) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(FOR_SHORT);
        command.addAll(FLAGS);
        command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off"));
        command.addAll(options);
        command.addAll(List.of("-jar", application.resolve("leat-run.jar").toString()));
        return command;
    }

    private boolean isLearnt() {
        try {
            var packaged = Files.getLastModifiedTime(application.resolve("quarkus-run.jar"));
            return Files.exists(cache) && Files.getLastModifiedTime(cache).compareTo(packaged) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void learn() {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(FOR_SHORT);
        command.addAll(
                List.of(
                        Path.of("src", "main", "aot", "Training.java").toString(),
                        application.toString(),
                        cache.toString()));
        command.addAll(FLAGS);
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0 || !isLearnt()) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with " + code + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

package dev.leat.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A class' `main` in a process of its own, to be killed without warning.
public final class Forked implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    public Forked(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(classPath());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        output = process.inputReader();
    }

    public long pid() {
        return process.pid();
    }

    /// The next line it prints.
    public String line() {
        try {
            var line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("The process has ended.");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Kills it as `kill -9` does; answers the whole lines it had printed that weren't read yet.
    public List<String> kill() {
        // The process' own method would close its output too.
        process.toHandle().destroyForcibly();
        var rest = new ArrayList<String>();
        try {
            var text = new StringBuilder();
            for (int letter = output.read(); letter >= 0; letter = output.read()) {
                text.append((char) letter);
            }
            var whole = text.substring(0, text.lastIndexOf("\n") + 1);
            whole.lines().forEach(rest::add);
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return rest;
    }

    @Override
    public void close() {
        kill();
    }

    /// The test runner's own class path may be one jar that names the others, so it is read where
    /// the runner keeps it.
    private static String classPath() {
        var known = System.getProperty("surefire.test.class.path");
        return known != null
                ? known
                : System.getProperty("java.class.path", "") + File.pathSeparator;
    }
}

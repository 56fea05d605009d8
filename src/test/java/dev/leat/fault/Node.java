package dev.leat.fault;

import dev.leat.testing.LeatProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A server with the failpoints in it.
record Node(LeatProcess leat, FaultControl faults) {

    /// @param folder for its data
    /// @param user is its own password; empty where none is needed
    static Node in(Path folder, String url, String user, String... options) {
        try {
            Files.createDirectories(folder.resolve("workflows"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var faults = new FaultControl(folder.resolve("faults"));
        var leat =
                new LeatProcess(WovenProgram.get(), folder)
                        .with(
                                faults.jvmOption(),
                                "-Dleat.database.url=" + url,
                                "-Dleat.workflows.directory=" + folder.resolve("workflows"),
                                "-Dleat.plugins.directory=" + Shape.plugins(),
                                "-Dleat.process.grace=1s")
                        .with(options)
                        .withEnvironment("PATH", Python.folder() + ":" + System.getenv("PATH"));
        if (!user.isEmpty()) {
            leat.with("-Dleat.database.username=" + user, "-Dleat.database.password=" + user);
        }
        return new Node(leat, faults);
    }

    /// As a machine that is paused, or a garbage collection that takes long. What it started goes
    /// on.
    void pause() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(leat.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("can't send " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

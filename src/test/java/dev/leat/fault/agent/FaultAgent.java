package dev.leat.fault.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;

/// Started by the JVM before the program: `-javaagent:<jar>=<folder>`. The folder has the file
/// `points` with what is to be woven in, and is where [Faults] reads what to do and writes what it
/// did.
public final class FaultAgent {

    private FaultAgent() {}

    public static void premain(String folder, Instrumentation instrumentation) throws IOException {
        var control = Path.of(folder);
        Faults.control(control);
        instrumentation.addTransformer(
                new Weaver(Files.readAllLines(control.resolve("points")), Faults::woven));
    }
}

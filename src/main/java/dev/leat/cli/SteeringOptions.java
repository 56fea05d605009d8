package dev.leat.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every verb takes that does something with a run.
final class SteeringOptions {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why; kept with the run and shown")
    @Nullable String reason;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "who does it (default: the name of the account)")
    String by = System.getProperty("user.name", "cli");

    Map<String, @Nullable Object> body() {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("reason", reason);
        return body;
    }
}

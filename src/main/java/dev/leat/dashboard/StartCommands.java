package dev.leat.dashboard;

import dev.leat.store.Json;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody types in a terminal to start the same run that a form would start.
///
/// @param curl over REST
/// @param cli with the command line, from the workflow's file
record StartCommands(String curl, String cli) {

    private static final String FILE = "file:";

    /// @param origin where the workflow's text came from, such as `file:workflows/hello.json`
    static StartCommands of(
            URI home, String workflow, String origin, Map<String, @Nullable Object> inputs) {
        var body = Json.write(Map.of("inputs", inputs));
        var curl =
                "curl -X POST %s -H 'Content-Type: application/json' -d %s"
                        .formatted(
                                quoted(home.resolve("/api/workflows/" + workflow + "/runs")),
                                quoted(body));
        var file = origin.startsWith(FILE) ? origin.substring(FILE.length()) : workflow + ".json";
        var cli =
                inputs.isEmpty()
                        ? "leat run " + quoted(file)
                        : "echo %s | leat run %s --inputs -"
                                .formatted(quoted(Json.write(inputs)), quoted(file));
        return new StartCommands(curl, cli);
    }

    /// As one word for a shell, whatever is in it.
    private static String quoted(Object text) {
        var plain = String.valueOf(text);
        return plain.matches("[A-Za-z0-9_./:-]+") ? plain : "'" + plain.replace("'", "'\\''") + "'";
    }
}

package dev.leat.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Each kind of task that is different to the engine: as a workflow of its own that is over at
/// once, and where a kind can take long, as one that doesn't end by itself.
enum Kind {
    LOG("\"type\": \"log\", \"with\": {\"message\": \"hello\"}", ""),
    NOOP("\"type\": \"noop\", \"with\": {\"output\": 1}", ""),
    TRANSFORM("\"type\": \"transform\", \"with\": {\"value\": \"${ 40 + 2 }\"}", ""),
    WAIT(
            "\"type\": \"wait\", \"with\": {\"duration\": \"200ms\"}",
            "\"type\": \"wait\", \"with\": {\"duration\": \"60s\"}"),
    SHELL(
            "\"type\": \"shell\", \"with\": {\"command\": \"%SCRIPT%\"}",
            "\"type\": \"shell\", \"with\": {\"command\": \"%SCRIPT%\", \"env\": {\"MILLIS\": 60000}}"),
    PLUGIN("\"type\": \"ledger.note\"", "\"type\": \"ledger.note\", \"with\": {\"millis\": 60000}"),
    HTTP(
            "\"type\": \"http\", \"with\": {\"method\": \"POST\", \"url\": \"%URL%/${ run.id }/it\", \"body\": {}}",
            "\"type\": \"http\", \"with\": {\"method\": \"POST\", \"url\": \"%URL%/slowly/${ run.id }/it\", \"body\": {}}");

    private final String quick;
    private final String lasting;

    Kind(String quick, String lasting) {
        this.quick = quick;
        this.lasting = lasting;
    }

    String id() {
        return "kind-" + name().toLowerCase(Locale.ROOT);
    }

    String lastingId() {
        return "lasting-" + name().toLowerCase(Locale.ROOT);
    }

    static Kind[] lasting() {
        return Arrays.stream(values()).filter(kind -> !kind.lasting.isEmpty()).toArray(Kind[]::new);
    }

    String definition(Ledger ledger) {
        return definition(id(), quick, ledger);
    }

    String lastingDefinition(Ledger ledger) {
        return definition(lastingId(), lasting, ledger);
    }

    private static String definition(String id, String task, Ledger ledger) {
        return """
               {"id": "%s", "defaults": {"env": {"LEDGER": "%s"}}, "tasks": [
                 {"id": "it", %s},
                 {"id": "after", "type": "noop", "dependsOn": "it"}]}"""
                .formatted(id, ledger.file(), Shape.filledIn(task, ledger.url()));
    }

    /// How their runs may end, by workflow.
    static Map<String, Set<String>> allEnds() {
        var ends =
                Arrays.stream(values()).collect(Collectors.toMap(Kind::id, _ -> Set.of("SUCCESS")));
        Arrays.stream(lasting()).forEach(kind -> ends.put(kind.lastingId(), Set.of("CANCELLED")));
        Arrays.stream(Shape.values()).forEach(shape -> ends.put(shape.id(), shape.ends()));
        return ends;
    }
}

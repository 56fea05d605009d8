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
            "\"type\": \"http\", \"with\": {\"method\": \"POST\", \"url\": \"%URL%/slowly/${ run.id }/it\", \"body\": {}}"),
    TEMPLATE("\"type\": \"template\", \"with\": {\"text\": \"run ${ run.id }\"}", ""),
    FAIL("\"type\": \"fail\"", ""),
    SWITCH(
            "\"type\": \"switch\", \"with\": {\"value\": 1, \"cases\": [{\"is\": 1, \"then\": [\"after\"]}]}",
            ""),
    SIGNAL(
            "\"type\": \"signal\", \"with\": {\"signal\": \"kind\", \"key\": \"${ run.id }\", \"payload\": 1}",
            ""),
    WAIT_FOR(
            "\"type\": \"waitFor\", \"with\": {\"signal\": \"nobody-sends-it\", \"deadline\": \"200ms\", \"default\": 1}",
            "\"type\": \"waitFor\", \"with\": {\"signal\": \"nobody-sends-it\", \"deadline\": \"30m\", \"default\": 1}"),
    APPROVAL(
            "\"type\": \"approval\", \"with\": {\"title\": \"Go on?\", \"deadline\": \"200ms\", \"default\": {\"decision\": \"approved\"}}",
            "\"type\": \"approval\", \"with\": {\"title\": \"Go on?\", \"deadline\": \"30m\", \"default\": {\"decision\": \"approved\"}}"),
    SUBFLOW(
            "\"type\": \"subflow\", \"with\": {\"workflow\": \"kind-transform\"}",
            "\"type\": \"subflow\", \"with\": {\"workflow\": \"lasting-wait\"}"),
    /// One item after another, so that each run has one attempt at a time.
    FOR_EACH(
            "\"type\": \"transform\", \"forEach\": {\"items\": \"${ [1, 2] }\", \"concurrency\": 1}, \"with\": {\"value\": \"${ item }\"}",
            "\"type\": \"wait\", \"forEach\": {\"items\": [\"60s\", \"60s\"], \"concurrency\": 1}, \"with\": {\"duration\": \"${ item }\"}"),
    REPEAT(
            "\"type\": \"transform\", \"repeat\": {\"while\": \"${ repetition < 1 }\", \"maxTimes\": 2}, \"with\": {\"value\": 1}",
            "\"type\": \"transform\", \"repeat\": {\"while\": \"${ repetition < 1 }\", \"maxTimes\": 2, \"delay\": \"60s\"}, \"with\": {\"value\": 1}");

    private final String quick;
    private final String lasting;

    Kind(String quick, String lasting) {
        this.quick = quick;
        this.lasting = lasting;
    }

    String id() {
        return "kind-" + hyphenated();
    }

    String lastingId() {
        return "lasting-" + hyphenated();
    }

    private String hyphenated() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind[] lasting() {
        return Arrays.stream(values()).filter(kind -> !kind.lasting.isEmpty()).toArray(Kind[]::new);
    }

    /// Those that note their begin in the ledger.
    boolean notes() {
        return Set.of(SHELL, PLUGIN, HTTP).contains(this);
    }

    private Set<String> ends() {
        return Set.of(this == FAIL ? "FAILED" : "SUCCESS");
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
        var ends = Arrays.stream(values()).collect(Collectors.toMap(Kind::id, Kind::ends));
        Arrays.stream(lasting()).forEach(kind -> ends.put(kind.lastingId(), Set.of("CANCELLED")));
        Arrays.stream(Shape.values()).forEach(shape -> ends.put(shape.id(), shape.ends()));
        return ends;
    }
}

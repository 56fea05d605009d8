package dev.leat.fault;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The runs of the workload. Tasks that are to be seen from outside write the ledger.
enum Shape {
    CHAIN(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "a", "type": "shell", "with": {"command": "%SCRIPT%", "env": {"MILLIS": 20}}},
              {"id": "b", "type": "transform", "dependsOn": "a", "with": {"value": {"from": "a", "nonceOf": "${ tasks.a.output.result.nonce }"}}},
              {"id": "c", "type": "ledger.note", "dependsOn": "b", "with": {"millis": 20, "from": "a", "nonceOf": "${ tasks.b.output.nonceOf }"}},
              {"id": "d", "type": "log", "dependsOn": "c", "with": {"message": "${ tasks.c.output.nonce }"}}]"""),
    FAN(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "root", "type": "noop"},
              {"id": "left", "type": "shell", "dependsOn": "root", "with": {"command": "%SCRIPT%", "env": {"MILLIS": 50}}},
              {"id": "middle", "type": "transform", "dependsOn": "root", "with": {"value": 1}},
              {"id": "right", "type": "ledger.note", "dependsOn": "root", "with": {"millis": 10}},
              {"id": "join", "type": "ledger.note", "dependsOn": ["left", "middle", "right"], "with": {"from": "right", "nonceOf": "${ tasks.right.output.nonce }"}}]"""),
    FLAKY(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "shaky", "type": "shell", "retry": {"maxAttempts": 3, "delay": "100ms"}, "with": {"command": "%SCRIPT%", "env": {"FAIL": true}}},
              {"id": "rocky", "type": "ledger.note", "retry": {"maxAttempts": 3, "delay": "50ms", "jitter": 0.5}, "with": {"fail": true}},
              {"id": "after", "type": "ledger.note", "dependsOn": ["shaky", "rocky"], "with": {"from": "rocky", "nonceOf": "${ tasks.rocky.output.nonce }"}}]"""),
    NAP(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "nap", "type": "wait", "with": {"duration": "400ms"}},
              {"id": "after", "type": "ledger.note", "dependsOn": "nap"}]"""),
    /// A task whose end is uncertain isn't run again.
    CAREFUL(
            Set.of("SUCCESS", "FAILED"),
            """
            "tasks": [{"id": "pay", "type": "shell", "retrySafe": false, "with": {"command": "%SCRIPT%", "env": {"MILLIS": 100}}}],
            "onFailure": [{"id": "ask", "type": "ledger.note"}]"""),
    /// A task that is out of time.
    SLOW(
            Set.of("FAILED"),
            """
            "tasks": [{"id": "long", "type": "shell", "timeout": "300ms", "with": {"command": "%SCRIPT%", "env": {"MILLIS": 60000}}}],
            "onFailure": [{"id": "ask", "type": "ledger.note"}],
            "finally": [{"id": "tidy", "type": "ledger.note"}]"""),
    /// A run that is out of time.
    LATE(
            Set.of("TIMED_OUT"),
            """
            "timeout": "500ms",
            "tasks": [
              {"id": "long", "type": "ledger.note", "with": {"millis": 60000}},
              {"id": "never", "type": "ledger.note", "dependsOn": "long"}],
            "finally": [{"id": "tidy", "type": "transform", "with": {"value": "tidied"}}]"""),
    /// The driver cancels it. What can't be told to it is told again.
    CANCELLED(
            Set.of("CANCELLED"),
            """
            "tasks": [
              {"id": "first", "type": "ledger.note"},
              {"id": "long", "type": "shell", "dependsOn": "first", "with": {"command": "%SCRIPT%", "env": {"MILLIS": 60000}}},
              {"id": "nap", "type": "wait", "with": {"duration": "60s"}},
              {"id": "never", "type": "ledger.note", "dependsOn": ["long", "nap"]}],
            "finally": [{"id": "tidy", "type": "ledger.note"}]"""),
    CALL(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "call", "type": "http", "retry": {"maxAttempts": 3, "delay": "50ms"}, "with": {"method": "POST", "url": "%URL%/${ run.id }/call", "body": {"a": 1}}},
              {"id": "copy", "type": "transform", "dependsOn": "call", "with": {"value": {"from": "call", "nonceOf": "${ tasks.call.output.body.nonce }"}}}]"""),
    /// An output that is kept apart, before the change that tells of it.
    LARGE(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "big", "type": "ledger.note", "with": {"kilobytes": 100}},
              {"id": "after", "type": "ledger.note", "dependsOn": "big", "with": {"from": "big", "nonceOf": "${ tasks.big.output.nonce }"}}]"""),
    /// Items, some of them at once.
    EACH(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "first", "type": "noop"},
              {"id": "each", "type": "ledger.note", "dependsOn": "first", "forEach": {"items": "${ [10, 40, 20, 30, 0] }", "concurrency": 2}, "with": {"millis": "${ item }"}},
              {"id": "after", "type": "ledger.note", "dependsOn": "each", "with": {"from": "each.4", "nonceOf": "${ tasks.each.output[4].nonce }"}}]"""),
    /// The same again, with a wait between.
    AGAIN(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "again", "type": "ledger.note", "repeat": {"while": "${ repetition < 2 }", "maxTimes": 3, "delay": "100ms"}},
              {"id": "quick", "type": "transform", "repeat": {"until": "${ repetition == 3 }", "maxTimes": 4}, "with": {"value": "${ repetition }"}},
              {"id": "after", "type": "ledger.note", "dependsOn": ["again", "quick"], "with": {"from": "again", "nonceOf": "${ tasks.again.output.nonce }"}}]"""),
    /// A run that starts one and waits for it, whatever becomes of either.
    PARENT(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "sub", "type": "subflow", "with": {"workflow": "nap"}},
              {"id": "after", "type": "ledger.note", "dependsOn": "sub"}]"""),
    /// A question that nobody answers in time.
    QUESTION(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "ask", "type": "approval", "with": {"title": "Go on?", "deadline": "300ms", "default": {"decision": "approved"}}},
              {"id": "after", "type": "ledger.note", "dependsOn": "ask"}]"""),
    /// One task tells another, which may wait already or not. Where it is lost too often a third
    /// one does, so that none waits for ever.
    SIGNAL(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "a", "type": "ledger.note"},
              {"id": "tell", "type": "signal", "dependsOn": "a", "with": {"signal": "storm", "key": "${ run.id }", "payload": {"from": "a", "nonceOf": "${ tasks.a.output.nonce }"}}},
              {"id": "instead", "type": "signal", "dependsOn": "tell", "triggerRule": "one_failed", "with": {"signal": "storm", "key": "${ run.id }"}},
              {"id": "hear", "type": "waitFor", "with": {"signal": "storm", "key": "${ run.id }"}},
              {"id": "after", "type": "ledger.note", "dependsOn": "hear", "with": {"from": "a", "nonceOf": "${ tasks.hear.output.nonceOf }"}}]"""),
    /// What was done is undone, with knowledge of it.
    UNDONE(
            Set.of("FAILED"),
            """
            "tasks": [
              {"id": "book", "type": "ledger.note"},
              {"id": "pay", "type": "fail", "dependsOn": "book"}],
            "onFailure": [{"id": "undo", "type": "ledger.note", "when": "${ tasks.book.status == 'SUCCESS' }", "with": {"from": "book", "nonceOf": "${ tasks.book.output.nonce }"}}],
            "finally": [{"id": "tidy", "type": "ledger.note", "dependsOn": []}]"""),
    /// Few at once.
    LINE(
            Set.of("SUCCESS"),
            """
            "concurrency": {"limit": 2},
            "tasks": [
              {"id": "turn", "type": "ledger.note", "with": {"millis": 30}},
              {"id": "nap", "type": "wait", "dependsOn": "turn", "with": {"duration": "100ms"}}]"""),
    /// Nothing outside the process: many moves of the machine in little time.
    INSIDE(
            Set.of("SUCCESS"),
            """
            "tasks": [
              {"id": "a", "type": "noop", "with": {"output": 1}},
              {"id": "b", "type": "transform", "dependsOn": "a", "with": {"value": "${ tasks.a.output + 1 }"}},
              {"id": "c", "type": "transform", "dependsOn": "a", "with": {"value": "${ tasks.a.output + 2 }"}},
              {"id": "d", "type": "transform", "dependsOn": ["b", "c"], "with": {"value": "${ tasks.b.output + tasks.c.output }"}},
              {"id": "e", "type": "log", "dependsOn": "d", "with": {"message": "${ tasks.d.output }"}},
              {"id": "f", "type": "transform", "dependsOn": "d", "when": "${ tasks.d.output == 5 }", "with": {"value": "five"}},
              {"id": "g", "type": "noop", "dependsOn": "d", "when": "${ tasks.d.output != 5 }"}],
            "outputs": {"five": "${ tasks.f.output }"}""");

    private final Set<String> ends;
    private final String rest;

    Shape(Set<String> ends, String rest) {
        this.ends = ends;
        this.rest = rest;
    }

    /// The workflow's id.
    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// How its runs may end, where none of its tasks is lost too often.
    Set<String> ends() {
        return ends;
    }

    String definition(Ledger ledger) {
        return definition(id(), ledger);
    }

    /// The same under another name.
    String definition(String id, Ledger ledger) {
        return """
               {"id": "%s", "defaults": {"env": {"LEDGER": "%s"}},
               %s}"""
                .formatted(id, ledger.file(), filledIn(rest, ledger.url()));
    }

    static String filledIn(String text, String url) {
        var script = plugins().resolve("ledger/ledger.py");
        return text.replace("%SCRIPT%", "exec python3 -IS '" + script + "'").replace("%URL%", url);
    }

    /// The plugins that the workload needs.
    static Path plugins() {
        return Path.of("src/test/resources/fault/plugins").toAbsolutePath();
    }

    /// The same of all shapes, by workflow.
    static Map<String, Set<String>> allEnds() {
        return Arrays.stream(values()).collect(Collectors.toMap(Shape::id, Shape::ends));
    }

    /// How often each is started, against the others.
    static Map<Shape, Integer> weights() {
        return Map.ofEntries(
                Map.entry(CHAIN, 3),
                Map.entry(FAN, 2),
                Map.entry(FLAKY, 2),
                Map.entry(NAP, 3),
                Map.entry(CAREFUL, 2),
                Map.entry(SLOW, 1),
                Map.entry(LATE, 1),
                Map.entry(CANCELLED, 3),
                Map.entry(CALL, 3),
                Map.entry(LARGE, 2),
                Map.entry(LINE, 2),
                Map.entry(EACH, 2),
                Map.entry(AGAIN, 2),
                Map.entry(PARENT, 2),
                Map.entry(QUESTION, 2),
                Map.entry(SIGNAL, 2),
                Map.entry(UNDONE, 2),
                Map.entry(INSIDE, 8));
    }
}

package dev.leat.cli;

import dev.leat.store.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// In what two runs differ, for people: both runs, then the values, then the tasks that went
/// otherwise, then the definition.
record Comparison(Map<String, @Nullable Object> found) {

    private static final int LONGEST = 60;

    void print(PrintStream out) {
        out.println("one    " + run("one"));
        out.println("other  " + run("other"));
        var values = values();
        if (values.size() > 1) {
            out.println();
            new Table(values).print(out);
        }
        var tasks = tasks();
        if (tasks.size() > 1) {
            out.println();
            new Table(tasks).print(out);
        }
        var definition = RunDocument.texts(found.get("definition"));
        if (!definition.isEmpty()) {
            out.println();
            definition.forEach(line -> out.println(Terminal.harmless(line)));
        }
        if (values.size() == 1 && tasks.size() == 1 && definition.isEmpty()) {
            out.println("They don't differ.");
        }
    }

    private String run(String which) {
        if (!(found.get(which) instanceof Map<?, ?> run)) {
            return "";
        }
        return "run %s of %s, revision %s: %s, %s"
                .formatted(
                        RunDocument.text(run, "id"),
                        RunDocument.text(run, "workflow"),
                        run.get("revision"),
                        RunDocument.text(run, "state").toLowerCase(Locale.ROOT),
                        millis(run.get("durationMillis")));
    }

    private List<List<String>> values() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("WHERE", "ONE", "OTHER"));
        add(rows, "input", found.get("inputs"));
        add(rows, "output", found.get("outputs"));
        for (var task : RunDocument.objects(found.get("tasks"))) {
            var id = RunDocument.text(task, "id");
            add(rows, "output of " + id, task.get("output"));
            if (task.get("line") instanceof Map<?, ?> line) {
                rows.add(
                        List.of(
                                "line %s of %s".formatted(line.get("number"), id),
                                shown(RunDocument.text(line, "one")),
                                shown(RunDocument.text(line, "other"))));
            }
        }
        return rows;
    }

    private static void add(List<List<String>> rows, String what, @Nullable Object differences) {
        for (var each : RunDocument.objects(differences)) {
            var kind = RunDocument.text(each, "kind");
            rows.add(
                    List.of(
                            (what + " " + RunDocument.text(each, "path")).strip(),
                            kind.equals("added") ? "" : shown(Json.write(each.get("one"))),
                            kind.equals("removed") ? "" : shown(Json.write(each.get("other")))));
        }
    }

    /// Those that ended otherwise; how long the others took is in the JSON.
    private List<List<String>> tasks() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("TASK", "ONE", "OTHER", "TOOK", "TOOK"));
        for (var task : RunDocument.objects(found.get("tasks"))) {
            var one = RunDocument.text(task, "one");
            var other = RunDocument.text(task, "other");
            if (!one.equals(other)) {
                rows.add(
                        List.of(
                                RunDocument.text(task, "id"),
                                one.toLowerCase(Locale.ROOT),
                                other.toLowerCase(Locale.ROOT),
                                millis(task.get("oneMillis")),
                                millis(task.get("otherMillis"))));
            }
        }
        return rows;
    }

    private static String millis(@Nullable Object millis) {
        return millis instanceof Number number ? number + " ms" : "";
    }

    private static String shown(String text) {
        var harmless = Terminal.harmless(text);
        return harmless.length() <= LONGEST ? harmless : harmless.substring(0, LONGEST) + "…";
    }
}

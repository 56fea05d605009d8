package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.task.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// What people do with runs by a server, and what they did.
final class SteeringVerb {

    private static final List<String> TITLES =
            List.of("TIME", "WHAT", "TASK", "HOW", "BY", "STATE", "WHY");
    private static final int OPERATIONS = 100;

    private final RunHost host;

    SteeringVerb(RunHost host) {
        this.host = host;
    }

    /// @param what the last part of its address
    int steer(String run, String what, Map<String, @Nullable Object> body, String by) {
        return refusable(
                () -> {
                    var answer = host.tell("/api/runs/" + encoded(run) + "/" + what, body, by);
                    System.out.printf(
                            "Run %s of %s: %s%n",
                            RunDocument.text(answer, "id"),
                            RunDocument.text(answer, "workflow"),
                            RunDocument.text(answer, "state").toLowerCase(java.util.Locale.ROOT));
                    return Exit.SUCCESS;
                });
    }

    int label(String run, Map<String, @Nullable Object> body, String by) {
        return refusable(
                () -> {
                    var path = "/api/runs/" + encoded(run) + "/labels";
                    var answer = host.tell(path, body, by);
                    var labels = new ArrayList<String>();
                    if (answer.get("labels") instanceof Map<?, ?> map) {
                        map.forEach((name, value) -> labels.add(name + "=" + value));
                    }
                    System.out.printf(
                            "Run %s of %s has %s.%n",
                            RunDocument.text(answer, "id"),
                            RunDocument.text(answer, "workflow"),
                            labels.isEmpty()
                                    ? "no labels"
                                    : Terminal.harmless(String.join(", ", labels)));
                    return Exit.SUCCESS;
                });
    }

    int mark(String run, String task, String what, Map<String, @Nullable Object> body, String by) {
        return steer(run, "tasks/" + encoded(task) + "/" + what, body, by);
    }

    int bulk(Map<String, @Nullable Object> body, String by) {
        return refusable(
                () -> {
                    var answer = host.tell("/api/runs/bulk", body, by);
                    if (Long.valueOf(0).equals(answer.get("found"))) {
                        System.out.println("No run fits.");
                        return Exit.SUCCESS;
                    }
                    if (Boolean.TRUE.equals(answer.get("dryRun"))) {
                        var one = Long.valueOf(1).equals(answer.get("found"));
                        System.out.printf(
                                "%s %s. Add --yes to %s %s.%n",
                                answer.get("found"),
                                one ? "run fits" : "runs fit",
                                answer.get("action"),
                                one ? "it" : "them");
                        return Exit.SUCCESS;
                    }
                    System.out.printf(
                            "%s: done with %s of %s runs.%n",
                            answer.get("action"), answer.get("done"), answer.get("found"));
                    for (var failure : RunDocument.objects(answer.get("failures"))) {
                        System.err.printf(
                                "leat: run %s: %s%n",
                                RunDocument.text(failure, "run"),
                                Terminal.harmless(RunDocument.text(failure, "reason")));
                    }
                    return Long.valueOf(0).equals(answer.get("failed"))
                            ? Exit.SUCCESS
                            : Exit.FAILED;
                });
    }

    int history(String run, boolean json) {
        return refusable(
                () -> {
                    var path = "/api/runs/" + encoded(run) + "/operations?limit=" + OPERATIONS;
                    var operations = RunDocument.objects(host.ask(path).get("operations"));
                    if (json) {
                        System.out.println(Json.writePretty(operations));
                    } else if (operations.isEmpty()) {
                        System.out.println("Nobody did anything with this run.");
                    } else {
                        print(operations);
                    }
                    return Exit.SUCCESS;
                });
    }

    int compare(String path, boolean json) {
        return refusable(
                () -> {
                    var found = host.ask(path);
                    if (json) {
                        System.out.println(Json.writePretty(found));
                    } else {
                        new Comparison(found).print(System.out);
                    }
                    return Exit.SUCCESS;
                });
    }

    private static void print(List<Map<?, ?>> operations) {
        var rows = new ArrayList<List<String>>(List.of(TITLES));
        for (var operation : operations) {
            var by = RunDocument.text(operation, "by");
            rows.add(
                    List.of(
                            seconds(RunDocument.text(operation, "at")),
                            RunDocument.text(operation, "action"),
                            RunDocument.text(operation, "task"),
                            Terminal.harmless(details(operation)),
                            Terminal.harmless(
                                    by.isEmpty() ? RunDocument.text(operation, "via") : by),
                            RunDocument.text(operation, "state"),
                            Terminal.harmless(RunDocument.text(operation, "reason"))));
        }
        new Table(rows).print(System.out);
    }

    private static String seconds(String moment) {
        return moment.isEmpty()
                ? ""
                : Instant.parse(moment).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// What was asked for in particular: `team=red draft-` of labels, `SUCCESS` of a mark, the run
    /// that was made; and why it was refused.
    private static String details(Map<?, ?> operation) {
        var parts = new ArrayList<String>();
        if (operation.get("details") instanceof Map<?, ?> details) {
            if (details.get("set") instanceof Map<?, ?> set) {
                set.forEach((name, value) -> parts.add(name + "=" + value));
            }
            RunDocument.texts(details.get("remove")).forEach(name -> parts.add(name + "-"));
            for (var key : List.of("state", "from", "run")) {
                if (details.get(key) instanceof String text) {
                    parts.add(text);
                }
            }
        }
        var refusal = RunDocument.text(operation, "answer");
        if (!refusal.isEmpty()) {
            parts.add(refusal);
        }
        return String.join(" ", parts);
    }

    /// Says a refusal as this program says it.
    static int refusable(IntSupplier action) {
        try {
            return action.getAsInt();
        } catch (Refusal.Invalid e) {
            e.problems().forEach(problem -> System.err.println("leat: " + problem.message()));
            return e.problems().isEmpty() ? Remote.refused(e) : Exit.REFUSED;
        } catch (RuntimeException e) {
            if (Remote.isRefusal(e)) {
                return Remote.refused(e);
            }
            throw e;
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// JSON where it is JSON, and text otherwise.
    static @Nullable Object value(String text) {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    static Map<String, @Nullable Object> values(Map<String, String> texts) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        texts.forEach((name, text) -> values.put(name, value(text)));
        return values;
    }
}

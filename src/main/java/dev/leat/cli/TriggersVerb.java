package dev.leat.cli;

import dev.leat.store.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `leat triggers` and what is below it, and `leat fires`.
final class TriggersVerb {

    private static final List<String> TRIGGERS =
            List.of("WORKFLOW", "TRIGGER", "WHAT IT DOES", "STANDS", "NEXT", "LAST");
    private static final List<String> FIRES =
            List.of("MOMENT", "WORKFLOW", "TRIGGER", "STATE", "LATE", "RUN", "WHY");

    private final RunHost host;

    TriggersVerb(RunHost host) {
        this.host = host;
    }

    int list(@Nullable String workflow, boolean json) {
        return SteeringVerb.refusable(
                () -> {
                    var triggers =
                            RunDocument.objects(host.triggers().triggers(workflow).get("triggers"));
                    if (json) {
                        System.out.println(Json.writePretty(triggers));
                    } else if (triggers.isEmpty()) {
                        System.out.println("No trigger starts runs.");
                    } else {
                        var rows = new ArrayList<List<String>>(List.of(TRIGGERS));
                        triggers.forEach(trigger -> rows.add(row(trigger)));
                        new Table(rows).print(System.out);
                    }
                    return Exit.SUCCESS;
                });
    }

    private static List<String> row(Map<?, ?> trigger) {
        var next = RunDocument.objects(trigger.get("next"));
        var last = trigger.get("lastFire") instanceof Map<?, ?> fire ? fire : Map.of();
        return List.of(
                RunDocument.text(trigger, "workflow"),
                RunDocument.text(trigger, "id"),
                Terminal.harmless(RunDocument.text(trigger, "sentence")),
                stands(trigger),
                next.isEmpty() ? "-" : RunDocument.text(next.getFirst(), "due"),
                last.isEmpty() ? "-" : word(last) + " " + RunDocument.text(last, "nominal"));
    }

    private static String stands(Map<?, ?> trigger) {
        if (trigger.get("pause") instanceof Map<?, ?> pause) {
            return Terminal.harmless("paused by " + RunDocument.text(pause, "by"));
        }
        if (!Boolean.TRUE.equals(trigger.get("enabled"))) {
            return "disabled";
        }
        return trigger.get("trouble") == null ? "on" : "in trouble";
    }

    private static String word(Map<?, ?> fire) {
        return RunDocument.text(fire, "state").toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    int steer(
            String workflow,
            String trigger,
            String what,
            Map<String, @Nullable Object> body,
            String by) {
        return SteeringVerb.refusable(
                () -> {
                    var answer = host.tell(path(workflow, trigger, what), body, by);
                    System.out.printf("Trigger %s of %s: %s%n", trigger, workflow, stands(answer));
                    return Exit.SUCCESS;
                });
    }

    int fire(String workflow, String trigger, Map<String, @Nullable Object> body, String by) {
        return SteeringVerb.refusable(
                () -> {
                    var answer = host.tell(path(workflow, trigger, "fire"), body, by);
                    var fire = answer.get("fire") instanceof Map<?, ?> map ? map : Map.of();
                    // Null where the server could not read it any more.
                    var state =
                            answer.get("run") instanceof Map<?, ?> run
                                    ? RunDocument.text(run, "state").toLowerCase(Locale.ROOT)
                                    : "stored";
                    System.out.printf(
                            "Run %s of %s: %s%n", RunDocument.text(fire, "run"), workflow, state);
                    return Exit.SUCCESS;
                });
    }

    private static String path(String workflow, String trigger, String what) {
        return "/api/workflows/%s/triggers/%s/%s"
                .formatted(SteeringVerb.encoded(workflow), SteeringVerb.encoded(trigger), what);
    }

    int next(TriggersNextCommand command) {
        return SteeringVerb.refusable(
                () -> {
                    if (command.workflow != null && command.trigger != null) {
                        var answer =
                                host.triggers()
                                        .next(command.workflow, command.trigger, command.count);
                        return printMoments(answer.get("fires"), command.json);
                    }
                    var keys = keys(command);
                    if (command.workflow != null || keys.isEmpty()) {
                        System.err.println(
                                "leat: Name a workflow and a trigger of it, or give --cron, --every or --at.");
                        return Exit.REFUSED;
                    }
                    return preview(keys, command);
                });
    }

    private static Map<String, @Nullable Object> keys(TriggersNextCommand command) {
        var keys = new LinkedHashMap<String, @Nullable Object>();
        put(keys, "cron", command.cron);
        put(keys, "every", command.every);
        put(keys, "at", command.at);
        if (!keys.isEmpty()) {
            put(keys, "timezone", command.timezone);
            put(keys, "calendar", command.calendar);
        }
        return keys;
    }

    private static void put(
            Map<String, @Nullable Object> keys, String name, @Nullable String value) {
        if (value != null) {
            keys.put(name, value);
        }
    }

    private int preview(Map<String, @Nullable Object> keys, TriggersNextCommand command) {
        var answer = host.triggers().preview(keys, command.count);
        for (var problem : RunDocument.objects(answer.get("problems"))) {
            var hint = RunDocument.text(problem, "hint");
            System.err.printf(
                    "leat: %s%s%n",
                    Terminal.harmless(RunDocument.text(problem, "message")),
                    hint.isEmpty() ? "" : " (" + Terminal.harmless(hint) + ")");
        }
        if (!Boolean.TRUE.equals(answer.get("valid"))) {
            return Exit.REFUSED;
        }
        if (!command.json) {
            System.out.println(
                    "It fires " + Terminal.harmless(RunDocument.text(answer, "sentence")) + ":");
        }
        return printMoments(answer.get("next"), command.json);
    }

    private static int printMoments(@Nullable Object list, boolean json) {
        var moments = RunDocument.objects(list);
        if (json) {
            System.out.println(Json.writePretty(moments));
        } else if (moments.isEmpty()) {
            System.out.println("It doesn't fire any more by the clock.");
        } else {
            var rows = new ArrayList<List<String>>(List.of(List.of("LOCAL TIME", "UTC", "NOTE")));
            for (var moment : moments) {
                rows.add(
                        List.of(
                                RunDocument.text(moment, "local"),
                                RunDocument.text(moment, "nominal"),
                                note(moment)));
            }
            new Table(rows).print(System.out);
        }
        return Exit.SUCCESS;
    }

    static String note(Map<?, ?> moment) {
        var note = Terminal.harmless(RunDocument.text(moment, "note"));
        return Boolean.TRUE.equals(moment.get("skipped")) ? "skipped: " + note : note;
    }

    int fires(FiresCommand command) {
        return SteeringVerb.refusable(
                () -> {
                    var answer =
                            host.triggers()
                                    .fires(
                                            command.workflow,
                                            command.trigger,
                                            command.state,
                                            command.limit);
                    var fires = RunDocument.objects(answer.get("fires"));
                    if (command.json) {
                        System.out.println(Json.writePretty(fires));
                    } else if (fires.isEmpty()) {
                        System.out.println("The ledger has no such fire.");
                    } else {
                        var rows = new ArrayList<List<String>>(List.of(FIRES));
                        fires.forEach(fire -> rows.add(line(fire)));
                        new Table(rows).print(System.out);
                    }
                    return Exit.SUCCESS;
                });
    }

    private static List<String> line(Map<?, ?> fire) {
        var cause = RunDocument.text(fire, "cause").toLowerCase(Locale.ROOT);
        var reason = Terminal.harmless(RunDocument.text(fire, "reason"));
        return List.of(
                RunDocument.text(fire, "nominal"),
                RunDocument.text(fire, "workflow"),
                RunDocument.text(fire, "trigger"),
                word(fire),
                fire.get("lateness") instanceof Long late ? Words.duration(late) : "",
                RunDocument.text(fire, "run"),
                cause.isEmpty() ? reason : cause + ": " + reason);
    }
}

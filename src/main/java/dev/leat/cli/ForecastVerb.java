package dev.leat.cli;

import dev.leat.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `leat forecast`.
final class ForecastVerb {

    private static final List<String> TITLES =
            List.of("WORKFLOW", "TRIGGER", "WHAT IT DOES", "RUNS", "EACH TAKES", "FIRST");

    private final RunHost host;

    ForecastVerb(RunHost host) {
        this.host = host;
    }

    int perform(ForecastCommand command) {
        return SteeringVerb.refusable(
                () -> {
                    var forecast = host.triggers().forecast(command.days, command.workflow);
                    if (command.json) {
                        System.out.println(Json.writePretty(forecast));
                    } else {
                        print(forecast);
                    }
                    return Exit.SUCCESS;
                });
    }

    private static void print(Map<String, @Nullable Object> forecast) {
        var triggers = RunDocument.objects(forecast.get("triggers"));
        if (triggers.isEmpty()) {
            System.out.println("The clock starts nothing in that time.");
            return;
        }
        var rows = new ArrayList<List<String>>(List.of(TITLES));
        for (var line : triggers) {
            var fires = RunDocument.objects(line.get("fires"));
            rows.add(
                    List.of(
                            RunDocument.text(line, "workflow"),
                            RunDocument.text(line, "trigger"),
                            Terminal.harmless(RunDocument.text(line, "sentence")),
                            String.valueOf(line.get("total")),
                            line.get("median") instanceof Long millis
                                    ? Words.duration(millis)
                                    : "not known",
                            fires.isEmpty() ? "" : RunDocument.text(fires.getFirst(), "due")));
        }
        new Table(rows).print(System.out);
        System.out.printf(
                "%s runs are expected, at most %s in one half hour.%n",
                forecast.get("fires"), forecast.get("peak"));
        for (var busy : RunDocument.objects(forecast.get("busiest"))) {
            System.out.printf(
                    "Busy: %s, runs: %s, workflows: %s%n",
                    RunDocument.text(busy, "at"), busy.get("going"), busy.get("workflows"));
        }
        for (var free : RunDocument.objects(forecast.get("free"))) {
            System.out.printf(
                    "Free: %s to %s%n",
                    RunDocument.text(free, "from"), RunDocument.text(free, "to"));
        }
        var paused = RunDocument.texts(forecast.get("paused"));
        if (!paused.isEmpty()) {
            System.out.println("Paused: " + String.join(", ", paused));
        }
    }
}

package dev.leat.cli;

import dev.leat.store.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// `leat backfill`, `leat backfill cancel` and `leat backfills`.
final class BackfillVerb {

    private static final List<String> TITLES =
            List.of("BACKFILL", "WORKFLOW", "TRIGGER", "FROM", "TO", "SETTLED", "STATE", "BY");
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final RunHost host;

    BackfillVerb(RunHost host) {
        this.host = host;
    }

    int start(BackfillCommand command) {
        if (command.workflow == null
                || command.trigger == null
                || command.from == null
                || command.to == null) {
            System.err.println(
                    "leat: Name a workflow and a trigger of it, and the range with --from and --to.");
            return Exit.REFUSED;
        }
        return SteeringVerb.refusable(
                () -> {
                    var body = command.steering.body();
                    body.put("workflow", command.workflow);
                    body.put("trigger", command.trigger);
                    body.put("from", String.valueOf(command.from));
                    body.put("to", String.valueOf(command.to));
                    body.put("atOnce", command.atOnce);
                    if (command.dryRun) {
                        return preview(
                                host.tell(
                                        "/api/backfills?dryRun=true", body, command.steering.by));
                    }
                    var begun = host.tell("/api/backfills", body, command.steering.by);
                    System.out.println(sentence(begun));
                    return command.wait ? await(RunDocument.text(begun, "id")) : Exit.SUCCESS;
                });
    }

    private static int preview(Map<String, @Nullable Object> answer) {
        for (var moment : RunDocument.objects(answer.get("fires"))) {
            var note = TriggersVerb.note(moment);
            System.out.println(
                    RunDocument.text(moment, "local") + (note.isEmpty() ? "" : "  " + note));
        }
        System.out.printf(
                "%s moments, %s of them skipped. Nothing was started.%n",
                answer.get("total"), answer.get("skipped"));
        return Exit.SUCCESS;
    }

    /// Until all its runs have ended.
    private int await(String id) {
        var backfill = host.ask("/api/backfills/" + id);
        while ("RUNNING".equals(backfill.get("state"))) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            backfill = host.ask("/api/backfills/" + id);
        }
        System.out.println(sentence(backfill));
        return "DONE".equals(backfill.get("state")) ? Exit.SUCCESS : Exit.FAILED;
    }

    private static String sentence(Map<String, @Nullable Object> backfill) {
        return "Backfill %s of %s, %s: %s, %s of %s moments settled"
                .formatted(
                        RunDocument.text(backfill, "id"),
                        RunDocument.text(backfill, "workflow"),
                        RunDocument.text(backfill, "trigger"),
                        RunDocument.text(backfill, "state").toLowerCase(Locale.ROOT),
                        backfill.get("settled"),
                        backfill.get("total"));
    }

    int cancel(String id, Map<String, @Nullable Object> body, String by) {
        return SteeringVerb.refusable(
                () -> {
                    var path = "/api/backfills/" + SteeringVerb.encoded(id) + "/cancel";
                    System.out.println(sentence(host.tell(path, body, by)));
                    return Exit.SUCCESS;
                });
    }

    int list(boolean json) {
        return SteeringVerb.refusable(
                () -> {
                    var backfills =
                            RunDocument.objects(host.triggers().backfills().get("backfills"));
                    if (json) {
                        System.out.println(Json.writePretty(backfills));
                    } else if (backfills.isEmpty()) {
                        System.out.println("There are no backfills.");
                    } else {
                        var rows = new ArrayList<List<String>>(List.of(TITLES));
                        backfills.forEach(backfill -> rows.add(row(backfill)));
                        new Table(rows).print(System.out);
                    }
                    return Exit.SUCCESS;
                });
    }

    private static List<String> row(Map<?, ?> backfill) {
        var by = RunDocument.text(backfill, "by");
        return List.of(
                RunDocument.text(backfill, "id"),
                RunDocument.text(backfill, "workflow"),
                RunDocument.text(backfill, "trigger"),
                RunDocument.text(backfill, "from"),
                RunDocument.text(backfill, "to"),
                backfill.get("settled") + " of " + backfill.get("total"),
                RunDocument.text(backfill, "state").toLowerCase(Locale.ROOT),
                Terminal.harmless(by.isEmpty() ? RunDocument.text(backfill, "via") : by));
    }
}

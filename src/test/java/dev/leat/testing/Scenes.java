package dev.leat.testing;

import dev.leat.engine.firing.Triggers;
import dev.leat.store.Change.RunError;
import dev.leat.store.Fire;
import dev.leat.store.RunState;
import dev.leat.store.StoredDocument;
import dev.leat.store.TaskState;
import dev.leat.task.LogKind;
import dev.leat.task.TaskError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A shop's server on an ordinary day: some workflows with their history, one run going on and one
/// that has failed.
@ApplicationScoped
public class Scenes {

    public static final String NIGHTLY = "shop.nightly-orders";
    /// A workflow that was changed several times.
    public static final String CHANGED = "price-check";

    private static final List<String> COUNTRIES = List.of("nl", "de", "fr", "es", "it");

    private final Stage stage;
    private final Triggers triggers;
    private final List<Stage.Script> scripts = new ArrayList<>();
    private @Nullable Day day;
    private long huge;

    Scenes(Stage stage, Triggers triggers) {
        this.stage = stage;
        this.triggers = triggers;
    }

    /// The ids of the runs that pages are looked at for.
    public record Day(long running, long failed, long succeeded) {}

    /// Sets the scene, or answers the one that is set.
    public synchronized Day set() {
        if (day == null) {
            day = play();
        }
        return day;
    }

    private Day play() {
        var history = List.of("ingest-events", "invoice-mail", "search-index", "warehouse-sync");
        for (var name : history) {
            var script =
                    stage.workflow(
                            name, title(name), "Keeps the shop's numbers true.", small(name));
            scripts.add(script);
            for (int number = 24; number > 0; number--) {
                var bad = (number * 7 + name.length()) % 11 == 0;
                var play = script.run(Duration.ofMinutes(37L * number), 3, Map.of());
                ordinary(play, bad, 3 + number * 3 % 17);
            }
        }
        changed();
        var nightly =
                stage.workflow(
                        NIGHTLY,
                        "Nightly orders",
                        "Fetches yesterday's orders country by country, cleans and loads them, and"
                                + " mails the report.",
                        nightly());
        scripts.add(nightly);
        var succeeded = succeeded(nightly.run(Duration.ofHours(26), 18, inputs()));
        var failed = failed(nightly.run(Duration.ofHours(2), 18, inputs()));
        var running = running(nightly.run(Duration.ofSeconds(48), 18, inputs()));
        stage.pool("warehouse.connections", 3, running, "load");
        surroundings(failed);
        triggers.refresh(NIGHTLY);
        return new Day(running, failed, succeeded);
    }

    /// Ten times the history that the day began with.
    public void longHistory() {
        set();
        for (var script : scripts) {
            for (int number = 0; number < 240; number++) {
                var play = script.run(Duration.ofMinutes(900 + 37L * number), 3, Map.of());
                ordinary(play, number % 9 == 0, 5);
            }
        }
    }

    /// A run of [#small], which takes so many seconds.
    private static void ordinary(Stage.Play play, boolean bad, double seconds) {
        play.succeeds("read", 0.1, seconds / 2, 41);
        if (bad) {
            var refused = TaskError.permanent("http.503", "The server answered 503.");
            play.starts("write", 1, seconds / 2);
            play.fails("write", 1, seconds, refused);
            play.ends("tell", TaskState.UPSTREAM_FAILED, seconds, "'write' failed");
            play.ends(
                    RunState.FAILED,
                    seconds,
                    null,
                    new RunError("http.503", refused.message(), "write", 1, refused.causes()));
        } else {
            play.succeeds("write", seconds / 2, seconds - 0.4, null);
            play.succeeds("tell", seconds - 0.4, seconds, null);
            play.ends(RunState.SUCCESS, seconds, null, null);
        }
        play.told();
    }

    /// What is there beside workflows and runs.
    private void surroundings(long failed) {
        stage.document(StoredDocument.Kind.CALENDAR, "office", "office.calendar.yaml");
        stage.document(StoredDocument.Kind.BLACKOUT, "year-end", "year-end.blackout.yaml");
        stage.view("Failed nights", "/runs", "state=FAILED&workflow=" + NIGHTLY);
        stage.fire(NIGHTLY, "night", Duration.ofHours(58), Fire.State.STARTED, null, null, failed);
        stage.fire(
                NIGHTLY,
                "night",
                Duration.ofHours(34),
                Fire.State.SKIPPED,
                Fire.Cause.OVERLAP,
                "the run before goes on",
                null);
        stage.fire(
                NIGHTLY,
                "night",
                Duration.ofHours(10),
                Fire.State.MISSED,
                Fire.Cause.ABSENT,
                "no node was there at the time",
                null);
    }

    private void changed() {
        var first =
                """
                id: price-check
                name: Price check
                inputs:
                  type: object
                  properties:
                    country: {type: string, default: nl}
                tasks:
                  - id: fetch
                    type: http
                    with:
                      url: https://prices.example.com/${ inputs.country }
                  - id: tell
                    type: log
                    dependsOn: [fetch]
                    with:
                      message: ${ tasks.fetch.output.body }
                """;
        var second =
                first.replace("    with:\n      url", "    timeout: 20s\n    with:\n      url");
        var third =
                second.replace("dependsOn: [fetch]", "dependsOn: [compare]")
                                .replace(
                                        "  - id: tell",
                                        "  - id: compare\n    type: noop\n    dependsOn: [fetch]\n  - id: tell")
                        + "triggers:\n  - id: hourly\n    type: cron\n    cron: \"0 * * * *\"\n";
        stage.revision(CHANGED, 1, first, "First draft", Duration.ofDays(20));
        stage.revision(CHANGED, 2, second, null, Duration.ofDays(6));
        stage.revision(
                CHANGED,
                3,
                third,
                "Compare with yesterday's prices before anybody is told, and do it every hour",
                Duration.ofHours(3));
    }

    /// A run of 5,000 tasks in 50 chains, half of them done.
    public synchronized long huge() {
        if (huge == 0) {
            huge = playHuge();
        }
        return huge;
    }

    private long playHuge() {
        var tasks = new StringBuilder();
        for (int number = 0; number < 5_000; number++) {
            var after = number < 50 ? "" : ", \"dependsOn\": [\"task_%d\"]".formatted(number - 50);
            tasks.append(number == 0 ? "" : ",\n");
            tasks.append("{\"id\": \"task_%d\", \"type\": \"noop\"%s}".formatted(number, after));
        }
        var source = "{\"id\": \"huge\", \"tasks\": [\n" + tasks + "]}";
        var play =
                stage.workflow("huge", "", "", source).run(Duration.ofMinutes(5), 5_000, Map.of());
        for (int number = 0; number < 2_500; number++) {
            play.succeeds("task_" + number, number / 50, number / 50 + 1, null);
        }
        return play.told();
    }

    private static Map<String, Object> inputs() {
        return Map.of("day", "2026-11-22", "limit", 5000L, "countries", List.of("nl", "de", "fr"));
    }

    private static String title(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).replace('-', ' ');
    }

    private long succeeded(Stage.Play play) {
        body(play, 5);
        play.succeeds("merge", 16, 21, Map.of("rows", 9_533L));
        play.succeeds("check", 21, 22, Map.of("ok", true));
        play.succeeds("load", 22, 31, Map.of("inserted", 9_533L, "updated", 12L));
        play.succeeds("report", 31, 33, null);
        play.ends("page_on_call", TaskState.SKIPPED, 33, "the run didn't fail");
        play.succeeds("clean_up", 33, 34, null);
        return play.ends(RunState.SUCCESS, 34, Map.of("rows", 9_533L, "day", "2026-11-22"), null)
                .told();
    }

    private long failed(Stage.Play play) {
        body(play, 5);
        play.succeeds("merge", 16, 21, Map.of("rows", 9_533L));
        play.succeeds("check", 21, 22, Map.of("ok", true));
        var refused =
                TaskError.transientFailure(
                                "exit.2",
                                "The program psql ended with code 2; its last words: connection to"
                                        + " server at \"warehouse\" (10.2.0.7), port 5432 failed:"
                                        + " Connection refused")
                        .causedBy(new IllegalStateException("process 4211 exited with 2"));
        play.starts("load", 1, 22);
        play.retries("load", 1, 24, "retry 2 of 3 in 2 s: connection refused", refused);
        play.starts("load", 2, 26);
        play.retries("load", 2, 28, "retry 3 of 3 in 4 s: connection refused", refused);
        play.starts("load", 3, 32);
        for (int attempt = 1; attempt <= 3; attempt++) {
            play.says(
                    "load",
                    attempt,
                    LogKind.INFO,
                    "Loading 9533 rows into \u001b[1morders\u001b[0m");
            play.says(
                    "load",
                    attempt,
                    LogKind.STDOUT,
                    "copying batch 1 of 10\rcopying batch 2 of 10");
            play.says(
                    "load",
                    attempt,
                    LogKind.STDERR,
                    "psql: \u001b[31merror:\u001b[0m connection to server at \"warehouse\" (10.2.0.7),"
                            + " port 5432 failed: Connection refused",
                    "\tIs the server running on that host and accepting TCP/IP connections?");
        }
        play.fails("load", 3, 34, refused);
        play.ends("report", TaskState.UPSTREAM_FAILED, 34, "'load' failed");
        play.succeeds("page_on_call", 34, 35, null);
        play.succeeds("clean_up", 35, 36, null);
        var error = new RunError("exit.2", refused.message(), "load", 3, refused.causes());
        return play.ends(RunState.FAILED, 36, null, error).told();
    }

    private long running(Stage.Play play) {
        body(play, 4);
        play.starts("extract_it", 1, 4.5);
        play.starts("extract_it", 1, 44);
        var limited = TaskError.transientFailure("http.429", "The server asked to wait.");
        play.starts("clean_es", 1, 30);
        play.retries("clean_es", 1, 40, "retry 2 of 5 in 8 s: the server asked to wait", limited);
        play.says("extract_it", 1, LogKind.INFO, "Reading page 1", "Reading page 2");
        return play.told();
    }

    private static void body(Stage.Play play, int countries) {
        play.succeeds("open", 0.2, 1.4, Map.of("period", "2026-11-22"));
        play.succeeds("rates", 1.5, 3.9, Map.of("EUR/USD", 1.07));
        for (int number = 0; number < COUNTRIES.size(); number++) {
            var country = COUNTRIES.get(number);
            if (number < countries) {
                play.says(
                        "extract_" + country,
                        1,
                        LogKind.INFO,
                        "Asking for the orders of 2026-11-22",
                        "\u001b[32m" + (number * 431 + 1702) + "\u001b[0m orders in 3 pages");
                play.succeeds(
                        "extract_" + country,
                        4,
                        7 + number,
                        Map.of("orders", 1_702L + number * 431L, "pages", 3L));
                if (countries == COUNTRIES.size() || number < 3) {
                    play.succeeds("clean_" + country, 8 + number, 12 + number, null);
                }
            }
        }
    }

    private static String small(String id) {
        return """
        {"id": "%s", "tasks": [
          {"id": "read", "type": "noop"},
          {"id": "write", "type": "noop", "dependsOn": ["read"]},
          {"id": "tell", "type": "noop", "dependsOn": ["write"]}]}
        """
                .formatted(id);
    }

    private static String nightly() {
        var tasks = new StringBuilder();
        for (var country : COUNTRIES) {
            tasks.append(
                    """
                        {"id": "extract_%1$s", "type": "log", "dependsOn": ["open", "rates"], "with": {"message": "%1$s"}},
                        {"id": "clean_%1$s", "type": "log", "dependsOn": ["extract_%1$s"], "with": {"message": "%1$s"}, "retry": {"maxAttempts": 5}},
                    """
                            .formatted(country));
        }
        return """
        {
          "id": "nightly-orders",
          "namespace": "shop",
          "name": "Nightly orders",
          "description": "Fetches yesterday's orders country by country, cleans and loads them, and mails the report.",
          "inputs": {
            "type": "object",
            "required": ["day"],
            "properties": {
              "day": {"type": "string", "format": "date", "title": "Day", "description": "Whose orders are fetched."},
              "limit": {"type": "integer", "minimum": 1, "maximum": 100000, "default": 5000, "description": "The most orders for each country."},
              "rate": {"type": "number", "default": 1.5},
              "mode": {"type": "string", "enum": ["full", "delta"], "default": "delta"},
              "since": {"type": "string", "format": "date-time"},
              "mail": {"type": "boolean", "default": true, "title": "Mail the report"},
              "countries": {"type": "array", "items": {"type": "string"}, "default": ["nl", "de"]}
            }
          },
          "tasks": [
            {"id": "open", "type": "noop"},
            {"id": "rates", "type": "noop", "dependsOn": ["open"]},
        %s    {"id": "merge", "type": "noop", "dependsOn": ["clean_nl", "clean_de", "clean_fr", "clean_es", "clean_it"]},
            {"id": "check", "type": "noop", "dependsOn": ["merge"]},
            {"id": "load", "type": "noop", "dependsOn": ["check"], "retry": {"maxAttempts": 3}},
            {"id": "report", "type": "noop", "dependsOn": ["load"]}
          ],
          "onFailure": [{"id": "page_on_call", "type": "noop"}],
          "finally": [{"id": "clean_up", "type": "noop"}],
          "triggers": [{"id": "night", "type": "cron", "cron": "0 2 * * *", "timezone": "Europe/Amsterdam", "inputs": {"day": "2026-11-22"}}]
        }
        """
                .formatted(tasks);
    }
}

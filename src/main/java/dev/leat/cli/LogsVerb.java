package dev.leat.cli;

import dev.leat.store.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `leat logs`, `leat logs search`.
final class LogsVerb {

    private static final int LINES = 1_000;

    private final RunHost host;

    LogsVerb(RunHost host) {
        this.host = host;
    }

    int print(LogsCommand command, String run) {
        return SteeringVerb.refusable(
                () -> {
                    var path =
                            new Address("/api/runs/" + SteeringVerb.encoded(run) + "/logs")
                                    .with("limit", LINES)
                                    .with("task", command.task)
                                    .with("attempt", command.attempt == 0 ? null : command.attempt)
                                    .with("stream", command.stream)
                                    .with("q", command.search);
                    long after = 0;
                    while (true) {
                        var page = host.ask(path.with("after", after).text());
                        var lines = RunDocument.objects(page.get("lines"));
                        lines.forEach(line -> System.out.println(text(line)));
                        var searched = number(page.get("searchedTo"));
                        if (lines.isEmpty() && searched <= after) {
                            return Exit.SUCCESS;
                        }
                        after = lines.isEmpty() ? searched : number(lines.getLast().get("number"));
                    }
                });
    }

    int search(LogsSearchCommand command) {
        return SteeringVerb.refusable(
                () -> {
                    var path =
                            new Address("/api/logs/search")
                                    .with("q", words(command.words))
                                    .with("workflow", command.workflow)
                                    .with("task", command.task)
                                    .with("run", command.run)
                                    .with("stream", command.stream)
                                    .with("since", command.since)
                                    .with("until", command.until)
                                    .with("before", command.before)
                                    .with("limit", command.limit);
                    var answer = host.ask(path.text());
                    if (command.json) {
                        System.out.println(Json.writePretty(answer));
                    } else {
                        print(answer);
                    }
                    return Exit.SUCCESS;
                });
    }

    /// A word with spaces was quoted for the shell, and is a phrase.
    private static String words(List<String> words) {
        return words.stream()
                .map(
                        word ->
                                word.indexOf(' ') < 0 || word.indexOf('"') >= 0
                                        ? word
                                        : '"' + word + '"')
                .collect(Collectors.joining(" "));
    }

    private static void print(Map<String, @Nullable Object> answer) {
        for (var found : RunDocument.objects(answer.get("found"))) {
            System.out.printf(
                    "%s  %s  %s, attempt %s%n",
                    RunDocument.text(found, "run"),
                    RunDocument.text(found, "workflow"),
                    RunDocument.text(found, "task"),
                    found.get("attempt"));
            var hits = found.get("hits") instanceof List<?> numbers ? numbers : List.of();
            if (found.get("node") != null) {
                System.out.printf(
                        "    lines %s to %s may fit; they are on %s%n",
                        found.get("first"), found.get("last"), found.get("node"));
            }
            for (var line : RunDocument.objects(found.get("lines"))) {
                System.out.printf(
                        "  %s %6s  %s%n",
                        hits.contains(line.get("number")) ? ">" : " ",
                        line.get("number"),
                        text(line));
            }
        }
        System.out.println(end(answer));
    }

    private static String end(Map<String, @Nullable Object> answer) {
        var count = number(answer.get("count"));
        var lines = count == 0 ? "No line fits" : count == 1 ? "1 line fits" : count + " lines fit";
        var behind =
                number(answer.get("behind")) == 0
                        ? ""
                        : " About %s logs aren't in the index yet.".formatted(answer.get("behind"));
        return answer.get("searchedBackTo") == null
                ? lines + "." + behind
                : "%s; searched back to %s. Go on with --before %s.%s"
                        .formatted(
                                lines,
                                answer.get("searchedBackTo"),
                                RunDocument.text(answer, "next")
                                        .replaceAll(".*[?&]before=(\\d+).*", "$1"),
                                behind);
    }

    private static String text(Map<?, ?> line) {
        return "%s %s %s %s"
                .formatted(
                        RunDocument.text(line, "at"),
                        RunDocument.text(line, "task"),
                        RunDocument.text(line, "kind"),
                        Terminal.harmless(RunDocument.text(line, "text")));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    /// A path with what is asked for.
    private record Address(String text) {

        Address with(String name, @Nullable Object value) {
            return value == null
                    ? this
                    : new Address(
                            text
                                    + (text.indexOf('?') < 0 ? '?' : '&')
                                    + name
                                    + '='
                                    + SteeringVerb.encoded(value.toString()));
        }
    }
}

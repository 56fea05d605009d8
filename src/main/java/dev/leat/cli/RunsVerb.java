package dev.leat.cli;

import dev.leat.store.Json;
import java.util.List;

/// `leat runs`.
final class RunsVerb {

    private final RunHost host;

    RunsVerb(RunHost host) {
        this.host = host;
    }

    int perform(RunsCommand command) {
        var runs = host.latest(command.workflow, command.state, command.limit);
        if (command.json) {
            System.out.println(Json.writePretty(runs.stream().map(RunDocument::json).toList()));
        } else {
            print(runs);
        }
        return Exit.SUCCESS;
    }

    private static void print(List<RunDocument> runs) {
        if (runs.isEmpty()) {
            System.out.println("No runs.");
        }
        int widest = runs.stream().mapToInt(run -> run.workflow().length()).max().orElse(0);
        for (var run : runs) {
            var name = run.workflow() + " ".repeat(widest - run.workflow().length());
            var created = RunDocument.text(run.json(), "createdAt");
            var took = Words.duration(run.durationMillis());
            System.out.printf(
                    "%s  %s  %-9s  %-24s  %s%n",
                    run.id(), name, Words.word(run.state()), created, took);
        }
    }
}

package dev.leat.cli;

import dev.leat.cli.RunDocument.PlannedTask;
import dev.leat.store.Json;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a run ended: first what went wrong and what was written last, then the outputs.
final class RunSummary {

    private static final int FAILURES_SHOWN = 10;
    private static final int LINES_SHOWN = 10;

    private final RunHost host;
    private final RunDocument document;

    RunSummary(RunHost host, RunDocument document) {
        this.host = host;
        this.document = document;
    }

    void print(PrintStream out, boolean quiet) {
        if (quiet) {
            quietly(out);
            return;
        }
        out.println();
        if (document.state() != RunState.SUCCESS) {
            failures(out);
        }
        out.printf(
                "run %s of %s: %s in %s%n",
                document.id(),
                document.workflow(),
                Words.word(document.state()),
                Words.duration(document.durationMillis()));
        if (document.outputs() instanceof Map<?, ?> outputs && !outputs.isEmpty()) {
            out.println(Json.writePretty(outputs));
        }
    }

    private void quietly(PrintStream out) {
        if (document.outputs() != null) {
            out.println(Json.writePretty(document.outputs()));
        }
        if (document.state() != RunState.SUCCESS) {
            System.err.println("leat: " + sentence());
        }
    }

    private String sentence() {
        var failure = document.failure();
        var state = "run " + document.id() + " ended " + Words.word(document.state());
        return failure == null ? state + "." : state + ": " + Terminal.harmless(failure.message());
    }

    private void failures(PrintStream out) {
        var failed =
                document.tasks().stream()
                        .filter(task -> task.state().failure())
                        .filter(task -> task.state() != TaskState.UPSTREAM_FAILED)
                        .toList();
        failed.stream().limit(FAILURES_SHOWN).forEach(task -> failure(out, task));
        if (failed.size() > FAILURES_SHOWN) {
            out.printf("… and %d more failed tasks%n%n", failed.size() - FAILURES_SHOWN);
        }
        if (failed.isEmpty()) {
            out.println(Terminal.harmless(sentence()));
            causes(out, document.failure());
        }
    }

    private void failure(PrintStream out, PlannedTask task) {
        var attempts =
                task.maxAttempts() > 1
                        ? ", attempt %d of %d".formatted(task.attempt(), task.maxAttempts())
                        : "";
        out.printf("%s: %s%s%n", task.id(), Words.word(task.state()), attempts);
        if (task.failure() != null) {
            out.printf(
                    "  %s: %s%n",
                    task.failure().code(), Terminal.harmless(task.failure().message()));
        }
        causes(out, task.failure());
        var lines = host.lastLines(document.id(), task.id(), LINES_SHOWN);
        lines.forEach(line -> out.println("  | " + Terminal.harmless(line.text())));
        out.println();
    }

    private static void causes(PrintStream out, RunDocument.@Nullable Failure failure) {
        var causes = failure == null ? List.<String>of() : failure.causes();
        causes.forEach(cause -> out.println("  caused by " + Terminal.harmless(cause)));
    }
}

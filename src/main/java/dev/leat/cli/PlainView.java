package dev.leat.cli;

import dev.leat.store.RunEvent;
import dev.leat.store.RunLogs;
import dev.leat.store.TaskState;
import dev.leat.store.Transition;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One line for each thing that happens, for pipes and files.
final class PlainView implements RunView {

    private final PrintStream out;
    private final Map<String, Long> started = new HashMap<>();
    private long begin = -1;

    PlainView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(RunEvent event) {
        switch (event) {
            case RunEvent.Changed(var step, _) -> changed(step);
            case RunEvent.Wrote(var line, _) -> wrote(line);
            case RunEvent.Ended _ -> out.flush();
        }
    }

    private void changed(Transition step) {
        if (step.task == null) {
            since(step.at);
            if (step.state.equals("CANCEL_REQUESTED")) {
                print(step.at, "cancelling" + because(step));
            }
            return;
        }
        var state = TaskState.valueOf(step.state);
        switch (state) {
            case PENDING, READY -> {}
            case RUNNING -> {
                started.put(step.task, step.at);
                var again = step.attempt > 1 ? ", attempt " + step.attempt : "";
                print(step.at, step.task + ": running" + again);
            }
            case RETRYING, WAITING, SKIPPED, UPSTREAM_FAILED, CANCELLED, UNKNOWN ->
                    print(step.at, step.task + ": " + Words.word(state) + because(step));
            case SUCCESS -> print(step.at, step.task + ": success" + took(step));
            case FAILED, TIMED_OUT ->
                    print(
                            step.at,
                            step.task + ": " + Words.word(state) + took(step) + because(step));
        }
    }

    private void wrote(RunLogs.Line line) {
        long micros =
                TimeUnit.SECONDS.toMicros(line.at().getEpochSecond()) + line.at().getNano() / 1_000;
        print(micros, line.task() + " | " + Terminal.harmless(line.text()));
    }

    private String took(Transition step) {
        var from = started.get(step.task);
        return from == null ? "" : " in " + Words.duration((step.at - from) / 1_000);
    }

    private static String because(Transition step) {
        return step.reason == null ? "" : ": " + Terminal.harmless(step.reason);
    }

    private void print(long micros, String text) {
        long millis = since(micros) / 1_000;
        out.printf("[%4d.%03d] %s%n", millis / 1_000, millis % 1_000, text);
    }

    private long since(long micros) {
        if (begin < 0) {
            begin = micros;
        }
        return Math.max(0, micros - begin);
    }
}

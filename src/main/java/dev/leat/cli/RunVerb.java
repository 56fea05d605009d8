package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.store.RunEvent;
import dev.leat.store.RunState;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Source;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `leat run`: starts the run, shows it, and says how it ended.
final class RunVerb {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final RunHost host;
    private final Terminal terminal;
    private final InstantSource clock;
    private final PrintStream out = System.out;
    private final Interrupts interrupts = new Interrupts();

    RunVerb(RunHost host, Terminal terminal, InstantSource clock) {
        this.host = host;
        this.terminal = terminal;
        this.clock = clock;
    }

    int perform(RunCommand command) throws InterruptedException {
        Source source;
        String run;
        try {
            source = Sources.workflow(command.file);
        } catch (Sources.Unreadable e) {
            return refused(e.sentence());
        }
        try {
            run = start(command, source);
        } catch (Sources.Unreadable e) {
            return refused(e.sentence());
        } catch (Refusal e) {
            return refused(e, command.file, source.text());
        }
        interrupts.listen(() -> cancel(run));
        follow(command, run);
        return interrupts.leaving() ? Exit.INTERRUPTED : ended(command, host.document(run));
    }

    private String start(RunCommand command, Source source) {
        var checked = host.check(source);
        if (!command.quiet && !command.json) {
            new ProblemPrinter(System.err).print(command.file, source.text(), checked.problems());
        }
        var inputs = new LinkedHashMap<String, @Nullable Object>();
        if (command.inputs != null) {
            inputs.putAll(Sources.inputs(command.inputs));
        }
        inputs.putAll(InputArguments.typed(checked.inputs(), command.input));
        return host.start(
                source, inputs, command.labels, command.priority, System.getProperty("user.name"));
    }

    private void cancel(String run) {
        System.err.println("leat: cancelling; press Ctrl-C again to leave at once");
        try {
            host.cancel(run, System.getProperty("user.name"), "Ctrl-C");
        } catch (Refusal e) {
            System.err.println("leat: " + e.sentence());
        }
    }

    private void follow(RunCommand command, String run) throws InterruptedException {
        try (var view = view(command, run);
                var following = host.follow(run)) {
            for (boolean over = false; !over && !interrupts.leaving(); ) {
                var event = following.next(PATIENCE);
                event.ifPresent(view::show);
                view.tick();
                over = event.isPresent() && event.get() instanceof RunEvent.Ended;
            }
        }
    }

    private RunView view(RunCommand command, String run) {
        if (command.json || command.quiet) {
            return RunView.NONE;
        }
        var document = host.document(run);
        out.println("run " + run + " of " + document.workflow());
        return terminal.live()
                ? new TreeView(
                        out, terminal, new RunBoard(document.tasks(), terminal.symbols()), clock)
                : new PlainView(out);
    }

    private int ended(RunCommand command, RunDocument document) {
        if (command.json) {
            out.println(Json.writePretty(document.json()));
        } else {
            new RunSummary(host, document).print(out, command.quiet);
        }
        return document.state() == RunState.SUCCESS ? Exit.SUCCESS : Exit.FAILED;
    }

    private static int refused(String sentence) {
        System.err.println("leat: " + sentence);
        return Exit.REFUSED;
    }

    private static int refused(Refusal refusal, String file, String text) {
        List<Problem> problems =
                refusal instanceof Refusal.Invalid invalid ? invalid.problems() : List.of();
        new ProblemPrinter(System.err).print(file, text, problems);
        return refused(refusal.sentence());
    }
}

package dev.leat.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mark",
        header = "Say how a task of a run that goes on has ended.",
        description = {
            "",
            "An attempt that runs is stopped first, and the run goes on as if the task had ended so.",
            "For a run that has ended: leat rerun RUN --mark TASK=STATE.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat mark 0sbt32azqer00 load success --output 42",
            "  leat mark 0sbt32azqer00 load failed"
        })
final class MarkCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
    String run;

    @Parameters(index = "1", paramLabel = "TASK", description = "the task's id")
    String task;

    @Parameters(index = "2", paramLabel = "STATE", description = "success, failed or skipped")
    String state;

    @Option(names = "--output", paramLabel = "JSON", description = "with success: its output")
    @Nullable String output;

    @Option(names = "--message", paramLabel = "TEXT", description = "with failed: its error")
    @Nullable String message;

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        var body = steering.body();
        body.put("state", state);
        body.put("message", message);
        if (output != null) {
            body.put("output", SteeringVerb.value(output));
        }
        return new SteeringVerb(host).mark(run, task, "mark", body, steering.by);
    }
}

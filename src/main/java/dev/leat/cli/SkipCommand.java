package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "skip",
        header = "Skip a task of a run that goes on.",
        description = {"", "An attempt that runs is stopped first.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat skip 0sbt32azqer00 load"})
final class SkipCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
    String run;

    @Parameters(index = "1", paramLabel = "TASK", description = "the task's id")
    String task;

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new SteeringVerb(host).mark(run, task, "skip", steering.body(), steering.by);
    }
}

package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        header = "Ask a run to end.",
        description = {"", "Running tasks are stopped; its finally tasks still run.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat cancel 0sbt32azqer00 --reason mistake"})
final class CancelCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
    String run;

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new SteeringVerb(host).steer(run, "cancel", steering.body(), steering.by);
    }
}

package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "resume",
        header = "Let a paused trigger fire again, from now on.",
        description = {"", "What it skipped isn't made up for; 'leat backfill' does that.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat triggers resume nightly-orders nightly --reason done"})
final class TriggersResumeCommand implements HostVerb {

    @ParentCommand TriggersCommand triggers;

    @Parameters(index = "0", paramLabel = "WORKFLOW", description = "the workflow's id")
    String workflow;

    @Parameters(index = "1", paramLabel = "TRIGGER", description = "the trigger's id in it")
    String trigger;

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(triggers.common);
    }

    @Override
    public int perform(RunHost host) {
        return new TriggersVerb(host)
                .steer(workflow, trigger, "resume", steering.body(), steering.by);
    }
}

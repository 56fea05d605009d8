package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "pause",
        header = "Hold a trigger up: none of its fires starts a run.",
        description = {"", "The ledger has each fire that is skipped so. A file that owns the workflow doesn't","matter: this is about how the trigger stands, not what it is.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat triggers pause nightly-orders nightly --reason stocktaking"})
final class TriggersPauseCommand implements HostVerb {

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
                .steer(workflow, trigger, "pause", steering.body(), steering.by);
    }
}

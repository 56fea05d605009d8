package dev.leat.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "fire",
        header = "Start a run as if the trigger fired now.",
        description = {"", "Paused or not, and whatever calendars say. What limits runs counts all the same.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat triggers fire nightly-orders nightly", "  leat triggers fire nightly-orders nightly -i day=2026-11-01"})
final class TriggersFireCommand implements HostVerb {

    @ParentCommand TriggersCommand triggers;

    @Parameters(index = "0", paramLabel = "WORKFLOW", description = "the workflow's id")
    String workflow;

    @Parameters(index = "1", paramLabel = "TRIGGER", description = "the trigger's id in it")
    String trigger;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "NAME=VALUE",
            description = "an input of the run, instead of all that the trigger would give")
    Map<String, String> inputs = new LinkedHashMap<>();

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(triggers.common);
    }

    @Override
    public int perform(RunHost host) {
        var body = steering.body();
        if (!inputs.isEmpty()) {
            body.put("inputs", SteeringVerb.values(inputs));
        }
        return new TriggersVerb(host).fire(workflow, trigger, body, steering.by);
    }
}

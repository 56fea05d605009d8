package dev.leat.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "triggers",
        subcommands = {
            TriggersPauseCommand.class,
            TriggersResumeCommand.class,
            TriggersFireCommand.class,
            TriggersNextCommand.class
        },
        header = "List the triggers, or steer one.",
        description = {"", "What each does, how it stands, its next and its last fire. Times are UTC.", ""},
        sortOptions = false,
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat triggers", "  leat triggers nightly-orders", "  leat triggers pause nightly-orders nightly --reason stocktaking", "  leat triggers next --cron @daily --timezone Europe/Berlin"})
final class TriggersCommand implements HostVerb {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "WORKFLOW",
            description = "only those of this workflow")
    @Nullable String workflow;

    @Option(names = "--json", description = "print them as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new TriggersVerb(host).list(workflow, json);
    }
}

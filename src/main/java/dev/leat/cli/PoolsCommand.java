package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pools",
        subcommands = {PoolsSetCommand.class, PoolsDeleteCommand.class},
        header = "List the pools, or give one its places.",
        description = {
            "",
            "A pool is a named semaphore that tasks of all workflows share. One that nobody",
            "gave a number has one place.",
            ""
        },
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat pools", "  leat pools set warehouse 3", "  leat pools delete warehouse"})
final class PoolsCommand implements Verb {

    @Option(names = "--json", description = "print them as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();
}

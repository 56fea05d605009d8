package dev.leat.cli;

import dev.leat.store.StoredDocument.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "blackouts",
        subcommands = {BlackoutsSetCommand.class, BlackoutsDeleteCommand.class},
        header = "List the blackouts, or set one.",
        description = {
            "",
            "In a blackout workflows don't start by themselves: their fires are held or skipped.",
            ""
        },
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat blackouts",
            "  leat blackouts set freeze.blackout.json",
            "  leat blackouts delete freeze"
        })
final class BlackoutsCommand implements HostVerb {

    @Option(names = "--json", description = "print them as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new DocumentsVerb(host, Kind.BLACKOUT).list(json);
    }
}

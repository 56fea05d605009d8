package dev.leat.cli;

import dev.leat.store.StoredDocument.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "calendars",
        subcommands = {CalendarsSetCommand.class, CalendarsDeleteCommand.class},
        header = "List the calendars, or set one.",
        description = {
            "",
            "A calendar says which days are business days. Triggers name it by its id.",
            ""
        },
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat calendars",
            "  leat calendars set german.calendar.json",
            "  leat calendars delete german"
        })
final class CalendarsCommand implements HostVerb {

    @Option(names = "--json", description = "print them as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new DocumentsVerb(host, Kind.CALENDAR).list(json);
    }
}

package dev.leat.cli;

import dev.leat.store.StoredDocument.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "delete",
        header = "Remove a calendar.",
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class CalendarsDeleteCommand implements HostVerb {

    @ParentCommand CalendarsCommand calendars;

    @Parameters(paramLabel = "ID", description = "the calendar's id")
    String id;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(calendars.common);
    }

    @Override
    public int perform(RunHost host) {
        return new DocumentsVerb(host, Kind.CALENDAR).delete(id);
    }
}

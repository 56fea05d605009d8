package dev.leat.cli;

import dev.leat.store.StoredDocument.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "set",
        header = "Store a calendar, or another text of it.",
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = "  leat calendars set german.calendar.json")
final class CalendarsSetCommand implements HostVerb {

    @ParentCommand CalendarsCommand calendars;

    @Parameters(
            paramLabel = "FILE",
            description = "a file in JSON, YAML or iCalendar (.ics), or - for standard input")
    String file;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "what it is called where its text doesn't say: for iCalendar")
    @Nullable String id;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(calendars.common);
    }

    @Override
    public int perform(RunHost host) {
        return new DocumentsVerb(host, Kind.CALENDAR).set(file, id);
    }
}

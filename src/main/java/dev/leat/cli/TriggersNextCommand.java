package dev.leat.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "next",
        header = "Say when a trigger will fire next, or when one would.",
        description = {"", "With --cron, --every or --at of a trigger that isn't stored: no workflow is needed.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat triggers next nightly-orders nightly", "  leat triggers next --cron \"0 2 * * 1-5\" --timezone Europe/Berlin", "  leat triggers next --every 90m -n 3"})
final class TriggersNextCommand implements HostVerb {

    @ParentCommand TriggersCommand triggers;

    @Parameters(index = "0", arity = "0..1", paramLabel = "WORKFLOW", description = "the workflow's id")
    @Nullable String workflow;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TRIGGER", description = "the trigger's id in it")
    @Nullable String trigger;

    @Option(names = "--cron", paramLabel = "EXPRESSION", description = "five fields, six with seconds first, or a word such as @daily")
    @Nullable String cron;

    @Option(names = "--every", paramLabel = "DURATION", description = "instead of --cron: such as 15m")
    @Nullable String every;

    @Option(names = "--at", paramLabel = "TIME", description = "instead of --cron: once, at this time")
    @Nullable String at;

    @Option(names = "--timezone", paramLabel = "ZONE", description = "such as Europe/Berlin (default: UTC)")
    @Nullable String timezone;

    @Option(names = "--calendar", paramLabel = "ID", description = "the calendar that says which days count")
    @Nullable String calendar;

    @Option(names = {"-n", "--count"}, paramLabel = "N", defaultValue = "10", description = "how many (default: ${DEFAULT-VALUE})")
    int count;

    @Option(names = "--json", description = "print them as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(triggers.common);
    }

    @Override
    public int perform(RunHost host) {
        return new TriggersVerb(host).next(this);
    }
}

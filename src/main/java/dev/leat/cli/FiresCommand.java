package dev.leat.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "fires",
        header = "List what each expected fire came to, newest first: the ledger.",
        description = {"", "States: due, held, started, skipped, catch_up, missed. Times are UTC.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat fires --state missed", "  leat fires --workflow nightly-orders -n 5 --json"})
final class FiresCommand implements HostVerb {

    @Option(names = "--workflow", paramLabel = "ID", description = "only fires of this workflow")
    @Nullable String workflow;

    @Option(names = "--trigger", paramLabel = "ID", description = "only fires of this trigger")
    @Nullable String trigger;

    @Option(names = "--state", paramLabel = "STATE", description = "only fires that are in this state")
    @Nullable String state;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "how many at most (default: ${DEFAULT-VALUE})")
    int limit;

    @Option(names = "--json", description = "print them as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new TriggersVerb(host).fires(this);
    }
}

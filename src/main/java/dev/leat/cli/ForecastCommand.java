package dev.leat.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "forecast",
        header = "Say what the clock will start in the next days, and where runs meet.",
        description = {"", "Runs are expected to take as long as those before them did. Times are UTC.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat forecast", "  leat forecast --days 2 --workflow nightly-orders"})
final class ForecastCommand implements HostVerb {

    @Option(names = "--days", paramLabel = "N", defaultValue = "7", description = "how far to look, 1 to 31 (default: ${DEFAULT-VALUE})")
    int days;

    @Option(names = "--workflow", paramLabel = "ID", description = "only this workflow")
    @Nullable String workflow;

    @Option(names = "--json", description = "print it as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new ForecastVerb(host).perform(this);
    }
}

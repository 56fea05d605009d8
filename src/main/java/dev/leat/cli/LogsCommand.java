package dev.leat.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        subcommands = LogsSearchCommand.class,
        header = "Print what a run's tasks wrote, or search all logs.",
        description = {"", "From the first line to the last there is now. Times are UTC.", ""},
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat logs 0sbt32azqer00",
            "  leat logs 0sbt32azqer00 --task load --stream err",
            "  leat logs search connection refused --workflow nightly-orders"
        })
final class LogsCommand implements HostVerb {

    @Spec CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "the run's id")
    @Nullable String run;

    @Option(names = "--task", paramLabel = "TASK", description = "only this task's lines")
    @Nullable String task;

    @Option(names = "--attempt", paramLabel = "N", description = "only this attempt's lines")
    int attempt;

    @Option(
            names = "--stream",
            paramLabel = "KINDS",
            description = "only these: out, err, debug, info, warn, error")
    @Nullable String stream;

    @Option(
            names = "--search",
            paramLabel = "WORDS",
            description = "only lines that have all of these words")
    @Nullable String search;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        var asked = run;
        if (asked == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say which run: 'leat logs RUN', or 'leat logs search WORDS'.");
        }
        return new LogsVerb(host).print(this, asked);
    }
}

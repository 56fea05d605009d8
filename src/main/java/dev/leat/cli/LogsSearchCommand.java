package dev.leat.cli;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "search",
        header = "Look for lines in all logs that are kept, newest first.",
        description = {
            "",
            "A line fits that has all of the words, in any order and case. \"a phrase\" is words",
            "that follow each other, ware* is the beginning of one; after --, -word is one that",
            "the line must not have.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat logs search connection refused",
            "  leat logs search ware* --workflow nightly-orders --stream err --since 2026-11-01"
        })
final class LogsSearchCommand implements HostVerb {

    @ParentCommand LogsCommand logs;

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "WORDS",
            description = "what to look for")
    List<String> words;

    @Option(names = "--workflow", paramLabel = "ID", description = "only runs of this workflow")
    @Nullable String workflow;

    @Option(names = "--task", paramLabel = "TASK", description = "only this task's lines")
    @Nullable String task;

    @Option(names = "--run", paramLabel = "RUN", description = "only this run's lines")
    @Nullable String run;

    @Option(
            names = "--stream",
            paramLabel = "KINDS",
            description = "only these: out, err, debug, info, warn, error")
    @Nullable String stream;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "only lines from then on")
    @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "only lines before then")
    @Nullable Instant until;

    @Option(
            names = "--before",
            paramLabel = "N",
            description = "go on where an earlier search ended")
    @Nullable Long before;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "how many at most, about (default: ${DEFAULT-VALUE})")
    int limit;

    @Option(names = "--json", description = "print them as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(logs.common);
    }

    @Override
    public int perform(RunHost host) {
        return new LogsVerb(host).search(this);
    }
}

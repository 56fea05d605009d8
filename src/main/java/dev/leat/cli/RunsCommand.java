package dev.leat.cli;

import dev.leat.store.RunState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "runs",
        header = "List runs, newest first.",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat runs --state failed", "  leat runs --workflow hello -n 5 --json"})
final class RunsCommand implements Verb {

    @Option(names = "--workflow", paramLabel = "ID", description = "only runs of this workflow")
    @Nullable String workflow;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "only runs in this state: ${COMPLETION-CANDIDATES}")
    @Nullable RunState state;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "how many at most (default: ${DEFAULT-VALUE})")
    int limit;

    @Option(names = "--json", description = "print them as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();
}

package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "nodes",
        header = "List the nodes: who carries how many runs.",
        description = {
            "",
            "Those that carry runs come first, then the latest that did. Several nodes share",
            "the work of a PostgreSQL database; with SQLite there is one.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat nodes", "  leat nodes -n 5 --json"})
final class NodesCommand implements Verb {

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

package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "set",
        header = "Give a pool so many places.",
        description = {
            "",
            "Tasks that wait for one go on at once. With fewer places than are taken, whoever is",
            "in stays in; with 0 nobody comes in.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = "  leat pools set warehouse 3")
final class PoolsSetCommand implements Verb {

    @ParentCommand PoolsCommand pools;

    @Parameters(index = "0", paramLabel = "NAME", description = "the pool, as tasks name it")
    String name;

    @Parameters(index = "1", paramLabel = "PLACES", description = "a number from 0 to 100000")
    int places;

    @Mixin CommonOptions common = new CommonOptions();

    CommonOptions options() {
        return common.or(pools.common);
    }
}

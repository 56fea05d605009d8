package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "delete",
        header = "Forget a pool's number of places: it has one again.",
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class PoolsDeleteCommand implements Verb {

    @ParentCommand PoolsCommand pools;

    @Parameters(paramLabel = "NAME", description = "the pool, as tasks name it")
    String name;

    @Mixin CommonOptions common = new CommonOptions();

    CommonOptions options() {
        return common.or(pools.common);
    }
}

package dev.leat.cli;

import dev.leat.store.StoredDocument.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "delete",
        header = "Remove a blackout.",
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class BlackoutsDeleteCommand implements HostVerb {

    @ParentCommand BlackoutsCommand blackouts;

    @Parameters(paramLabel = "ID", description = "the blackout's id")
    String id;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(blackouts.common);
    }

    @Override
    public int perform(RunHost host) {
        return new DocumentsVerb(host, Kind.BLACKOUT).delete(id);
    }
}

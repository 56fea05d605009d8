package dev.leat.cli;

import dev.leat.store.StoredDocument.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "set",
        header = "Store a blackout, or another text of it.",
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = "  leat blackouts set freeze.blackout.json")
final class BlackoutsSetCommand implements HostVerb {

    @ParentCommand BlackoutsCommand blackouts;

    @Parameters(
            paramLabel = "FILE",
            description = "a file in JSON or YAML, or - for standard input")
    String file;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(blackouts.common);
    }

    @Override
    public int perform(RunHost host) {
        return new DocumentsVerb(host, Kind.BLACKOUT).set(file, null);
    }
}

package dev.leat.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backfill",
        subcommands = BackfillCancelCommand.class,
        header = "Start runs for a range of a trigger's moments.",
        description = {"", "Times have their offset, or are dates: the start of that day in UTC.", ""},
        sortOptions = false,
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat backfill nightly-orders nightly --from 2026-11-01 --to 2026-11-08 --dry-run", "  leat backfill nightly-orders nightly --from 2026-11-01 --to 2026-11-08 --at-once 3 --wait", "  leat backfill cancel 0sbt32azqer00 --runs"})
final class BackfillCommand implements HostVerb {

    @Parameters(index = "0", arity = "0..1", paramLabel = "WORKFLOW", description = "the workflow's id")
    @Nullable String workflow;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TRIGGER", description = "the trigger's id in it")
    @Nullable String trigger;

    @Option(names = "--from", paramLabel = "TIME", converter = MomentConverter.class, description = "the first moment that counts")
    @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = MomentConverter.class, description = "the first that doesn't any more")
    @Nullable Instant to;

    @Option(names = "--at-once", paramLabel = "N", defaultValue = "1", description = "how many of its runs may go on at once; with 1 they go in order (default: ${DEFAULT-VALUE})")
    int atOnce;

    @Option(names = "--dry-run", description = "only say what would be started")
    boolean dryRun;

    @Option(names = "--wait", description = "stay until all its runs have ended")
    boolean wait;

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new BackfillVerb(host).start(this);
    }
}

package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "cancel",
        header = "Start no more runs of a backfill.",
        description = {"", "Those that go on end by themselves, unless --runs is given.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat backfill cancel 0sbt32azqer00 --runs --reason wrong-range"})
final class BackfillCancelCommand implements HostVerb {

    @ParentCommand BackfillCommand backfill;

    @Parameters(index = "0", paramLabel = "BACKFILL", description = "its id")
    String id;

    @Option(names = "--runs", description = "cancel those of its runs that go on, too")
    boolean runs;

    @Mixin SteeringOptions steering = new SteeringOptions();

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common.or(backfill.common);
    }

    @Override
    public int perform(RunHost host) {
        var body = steering.body();
        body.put("runs", runs);
        return new BackfillVerb(host).cancel(id, body, steering.by);
    }
}

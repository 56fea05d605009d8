package dev.leat.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        header = "Compare two runs.",
        description = {
            "",
            "With one run: with the last success of its workflow before it. What differs is printed.",
            ""
        },
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat compare 0sbt32azqer00", "  leat compare 0sbt32azqer00 0sbt3x7p2er00"})
final class CompareCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
    String run;

    @Parameters(index = "1", arity = "0..1", paramLabel = "OTHER", description = "the other run")
    @Nullable String other;

    @Option(names = "--json", description = "print it as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        var path = "/api/runs/" + SteeringVerb.encoded(run) + "/compare";
        return new SteeringVerb(host)
                .compare(other == null ? path : path + "/" + SteeringVerb.encoded(other), json);
    }
}

package dev.leat.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        header = "Say what a run would do, without starting it.",
        description = {
            "",
            "Shows the order, the values that are known, what would be skipped, and how long",
            "the run takes at least and at most. Nothing is stored and nothing runs.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat plan hello.json -i name=Ada", "  leat plan etl.yaml --json"})
final class PlanCommand implements Verb {

    @Parameters(
            paramLabel = "FILE",
            description = "the workflow, JSON or YAML; - reads standard input")
    String file;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "KEY=VALUE",
            description = "one input; read as the workflow's input schema says")
    Map<String, String> input = new LinkedHashMap<>();

    @Option(
            names = "--inputs",
            paramLabel = "FILE",
            description = "a JSON object with inputs; - reads standard input")
    @Nullable String inputs;

    @Option(names = "--json", description = "print the plan as JSON, as REST answers it")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();
}

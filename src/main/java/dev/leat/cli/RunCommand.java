package dev.leat.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        header = "Run a workflow file once and show it.",
        description = {
            "",
            "The run is kept with all others: 'leat runs' lists it, and the dashboard shows it.",
            "Where a server holds the data directory, the server carries it out.",
            "",
            "Ctrl-C cancels the run, and its handlers still run; a second one leaves at once.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat run hello.json -i name=Ada -i count=3",
            "  leat run etl.yaml --inputs inputs.json --label team=bi",
            "  echo '{\"name\": \"Ada\"}' | leat run hello.json --inputs - --json"
        })
final class RunCommand implements Verb {

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

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "a label for this run")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--priority",
            paramLabel = "N",
            defaultValue = "0",
            description = "from -100 to 100: larger goes first where runs wait (default: 0)")
    int priority;

    @Option(names = "--json", description = "print only the ended run, as one JSON object")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "print only the run's outputs")
    boolean quiet;

    @Mixin CommonOptions common = new CommonOptions();
}

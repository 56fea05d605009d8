package dev.leat.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        header = "Check workflow files and show everything that is wrong.",
        description = {
            "",
            "Each problem is shown as compilers do, with its place: editors can jump to it.",
            "Nothing is stored and nothing runs.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat validate workflows/*.json", "  leat validate flow.yaml --json"})
final class ValidateCommand implements Verb {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "workflow files, JSON or YAML")
    List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "print the problems as JSON")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();
}

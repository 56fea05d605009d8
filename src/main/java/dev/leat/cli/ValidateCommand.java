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
        footer = {"  leat validate workflows", "  leat validate workflows --format sarif"})
final class ValidateCommand implements Verb {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "workflow files, JSON or YAML, and folders of them; - is standard input")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text (the default), json, or sarif for code review tools")
    Form form = Form.text;

    @Option(names = "--json", description = "the same as --format json")
    boolean json;

    /// As written on the command line.
    enum Form {
        text,
        json,
        sarif
    }

    Form form() {
        return json ? Form.json : form;
    }

    @Mixin CommonOptions common = new CommonOptions();
}

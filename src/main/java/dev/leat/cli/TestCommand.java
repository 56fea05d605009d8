package dev.leat.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        header = "Run the tests of workflows: no server, no effects, no waiting.",
        description = {
            "",
            "Tests stand in *.test.json beside the workflow. They run on a clock of their own,",
            "so that a day of retries takes milliseconds; tasks with effects are mocked.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat test workflows",
            "  leat test flow.test.json --timeline",
            "  leat test workflows --junit target/workflows.xml"
        })
final class TestCommand implements Verb {

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "test files, or folders to look for them (default: workflows)")
    List<String> paths = new ArrayList<>();

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "write the results as JUnit XML as well")
    @Nullable Path junit;

    @Option(names = "--json", description = "print the results as JSON")
    boolean json;

    @Option(names = "--timeline", description = "show what happened in each run")
    boolean timeline;

    @Mixin CommonOptions common = new CommonOptions();
}

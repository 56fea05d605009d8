package dev.leat.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        header = "Approve what a task asks.",
        description = {"", "The first answer counts, and the task goes on by it.", ""},
        sortOptions = false,
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat approve 0sbt32azqer00 release --comment reviewed"})
final class ApproveCommand implements HostVerb {

    @Parameters(index = "0", paramLabel = "RUN", description = "the run's id")
    String run;

    @Parameters(index = "1", paramLabel = "TASK", description = "the task that asks")
    String task;

    @Option(
            names = {"-v", "--value"},
            paramLabel = "KEY=VALUE",
            description = "a value that the question's form asks for; may be repeated")
    Map<String, String> values = new LinkedHashMap<>();

    @Option(names = "--comment", paramLabel = "TEXT", description = "kept with the answer")
    @Nullable String comment;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "who answers (default: the name of the account)")
    String by = System.getProperty("user.name", "cli");

    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions options() {
        return common;
    }

    @Override
    public int perform(RunHost host) {
        return new ApprovalsVerb(host).decide(run, task, true, values, comment, by);
    }
}

package dev.leat.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What every verb takes that answers a task's question.
final class AnswerOptions {

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
}

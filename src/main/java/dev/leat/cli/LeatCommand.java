package dev.leat.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "leat",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        header = "Runs workflows: DAGs of tasks written as JSON.",
        description = {
            "",
            "A workflow is one file. Run it from here, or start the server and run it from",
            "the browser or over REST; all three show the same runs.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat run workflows/hello.json",
            "  leat run workflows/hello.json -i name=Ada --json",
            "  leat validate workflows",
            "  leat test workflows",
            "  leat serve --port 8080",
            "",
            "Exit codes:",
            "  0  success",
            "  1  the run ended, but not with success; a test failed",
            "  2  refused: the command line, the definition or the inputs are wrong",
            "",
            "'leat help COMMAND' tells more about a command."
        })
final class LeatCommand {

    /// The commands, in the order in which help lists them. One is called as its class, but for
    /// the last word.
    static final List<Class<?>> COMMANDS =
            List.of(
                    RunCommand.class,
                    ValidateCommand.class,
                    TestCommand.class,
                    PlanCommand.class,
                    ServeCommand.class,
                    RunsCommand.class,
                    LogsCommand.class,
                    NodesCommand.class,
                    PoolsCommand.class,
                    CalendarsCommand.class,
                    BlackoutsCommand.class,
                    ApprovalsCommand.class,
                    ApproveCommand.class,
                    RejectCommand.class,
                    SignalCommand.class,
                    TriggersCommand.class,
                    FiresCommand.class,
                    BackfillCommand.class,
                    BackfillsCommand.class,
                    ForecastCommand.class,
                    HookCommand.class,
                    WhyCommand.class,
                    CancelCommand.class,
                    PauseCommand.class,
                    ResumeCommand.class,
                    RerunCommand.class,
                    MarkCommand.class,
                    SkipCommand.class,
                    LabelCommand.class,
                    BulkCommand.class,
                    HistoryCommand.class,
                    CompareCommand.class,
                    PluginsCommand.class,
                    BackupCommand.class);

    @Spec CommandSpec spec;

    /// The whole command line, not started.
    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    /// As much of the command line as the words can be about: a command that is named first, by
    /// itself. Reading what all of them take costs a start a fifth of its time.
    static CommandLine commandLine(String... words) {
        for (var command : COMMANDS) {
            if (words.length > 0 && name(command).equals(words[0])) {
                return commandLine(List.of(command));
            }
        }
        return commandLine();
    }

    static String name(Class<?> command) {
        return command.getSimpleName().replace("Command", "").toLowerCase(Locale.ROOT);
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        var line = new CommandLine(new LeatCommand());
        commands.forEach(line::addSubcommand);
        line.addSubcommand(CommandLine.HelpCommand.class);
        // '@' may begin a value; it never names a file to read arguments from.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        return line;
    }
}

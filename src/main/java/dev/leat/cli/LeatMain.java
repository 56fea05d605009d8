package dev.leat.cli;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Where every command begins: reads the command line, and starts only what the verb needs.
@QuarkusMain
public final class LeatMain {

    /// For the application, which Quarkus makes by itself and hands the words again.
    private static volatile @Nullable Asked asked;

    LeatMain() {}

    public static void main(String... arguments) {
        var words =
                arguments.length == 0 && servesWithoutBeingTold()
                        ? new String[] {"serve"}
                        : arguments;
        var line = LeatCommand.commandLine(words);
        var answered = answerAtOnce(line, words);
        if (answered != null) {
            System.exit(answered);
        }
        var verb = verb(line.getParseResult());
        asked = new Asked(List.of(words), verb);
        var performed = remotely(verb);
        if (performed != null) {
            System.exit(performed);
        }
        var refusal = Preparation.prepare(verb);
        if (refusal != null) {
            System.err.println("leat: " + refusal);
            System.exit(Exit.REFUSED);
        }
        Quarkus.run(LeatApplication.class, Startup::ended, words);
    }

    /// Development mode and the integration tests start the program without any words.
    private static boolean servesWithoutBeingTold() {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT || Boolean.getBoolean("leat.serving");
    }

    private static @Nullable Integer remotely(Verb verb) {
        try {
            return Remote.perform(verb);
        } catch (RuntimeException e) {
            if (Remote.isRefusal(e)) {
                return Remote.refused(e);
            }
            throw e;
        }
    }

    /// The exit code, where the words ask for help or can't be understood; null where there is work
    /// to do.
    private static @Nullable Integer answerAtOnce(CommandLine line, String[] words) {
        try {
            var parsed = line.parseArgs(words);
            var helped = CommandLine.executeHelpRequest(parsed);
            if (helped != null) {
                return helped;
            }
            if (!parsed.hasSubcommand()) {
                line.usage(System.out);
                return Exit.REFUSED;
            }
            return null;
        } catch (ParameterException e) {
            complain(e);
            return Exit.REFUSED;
        }
    }

    private static void complain(ParameterException e) {
        var err = new PrintWriter(System.err, true);
        err.println("leat: " + e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            var name = e.getCommandLine().getCommandSpec().qualifiedName();
            err.println("'" + name + " --help' tells how it is used.");
        }
    }

    /// What the words ask for, read once.
    static Verb verb(String... words) {
        var before = asked;
        return before != null && before.words.equals(List.of(words))
                ? before.verb
                : verb(LeatCommand.commandLine(words).parseArgs(words));
    }

    private static Verb verb(ParseResult parsed) {
        var innermost = parsed.subcommand();
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return (Verb) innermost.commandSpec().userObject();
    }

    private record Asked(List<String> words, Verb verb) {}
}

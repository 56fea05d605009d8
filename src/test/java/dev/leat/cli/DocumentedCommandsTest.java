package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/// A reader copies a command and runs it: it must be one that the command line understands.
class DocumentedCommandsTest {

    private static final String PROGRAM = "./leat ";

    @Test
    void every_documented_command_is_understood() {
        var misunderstood = new ArrayList<String>();
        for (var command : documented()) {
            try {
                var words = words(command);
                LeatCommand.commandLine(words).parseArgs(words);
            } catch (ParameterException e) {
                misunderstood.add(command + ": " + e.getMessage());
            }
        }
        assertThat(misunderstood).isEmpty();
    }

    @Test
    void the_readme_documents_what_most_people_begin_with() {
        assertThat(documented())
                .contains("./leat run workflows/hello.json", "./leat serve")
                .anyMatch(command -> command.startsWith("./leat validate "));
    }

    private static List<String> documented() {
        return Pages.all().stream()
                .flatMap(page -> Pages.commands(page).stream())
                .filter(command -> command.startsWith(PROGRAM))
                .toList();
    }

    /// Quotes aren't needed in what is documented so far; one that needs them would fail here.
    private static String[] words(String command) {
        return Stream.of(command.substring(PROGRAM.length()).split("\\s+")).toArray(String[]::new);
    }
}

package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class LeatCommandTest {

    @Test
    void each_command_is_called_as_its_class() {
        for (var command : LeatCommand.COMMANDS) {
            var declared = command.getAnnotation(Command.class).name();
            assertThat(LeatCommand.name(command)).isEqualTo(declared);
        }
    }

    @Test
    void a_command_that_is_named_first_is_read_alone() {
        assertThat(LeatCommand.commandLine("serve", "--port", "1").getSubcommands())
                .containsOnlyKeys("serve", "help");
    }

    @Test
    void any_other_words_are_read_against_every_command() {
        var all = LeatCommand.COMMANDS.size() + 1;
        assertThat(LeatCommand.commandLine().getSubcommands()).hasSize(all);
        assertThat(LeatCommand.commandLine("help", "run").getSubcommands()).hasSize(all);
        assertThat(LeatCommand.commandLine("--help").getSubcommands()).hasSize(all);
        assertThat(LeatCommand.commandLine("srve").getSubcommands()).hasSize(all);
    }
}

package dev.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plugins",
        header = "List the task types: built in, and from plugins.",
        description = {"", "A broken plugin is listed too, with its reason.", ""},
        sortOptions = false,
        optionListHeading = "%nOptions:%n")
final class PluginsCommand implements Verb {

    @Option(names = "--json", description = "print them as JSON, with the schemas")
    boolean json;

    @Mixin CommonOptions common = new CommonOptions();
}

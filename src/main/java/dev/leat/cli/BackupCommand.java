package dev.leat.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        header = "Copy the database to a file, also while a server uses it.",
        description = {
            "",
            "The copy is as of one moment, needs no other file, and replaces none. To restore it,",
            "put it as leat.db into an empty data directory and start the server on that. Logs of",
            "tasks are files of the data directory, and are not in it.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat backup --to /backup/leat-$(date +%%F).db --data /var/lib/leat"})
final class BackupCommand implements Verb {

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "the file to make; one that exists is left alone")
    @Nullable Path to;

    @Mixin CommonOptions common = new CommonOptions();
}

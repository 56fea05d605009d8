package dev.leat.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        header = "Start the server: dashboard, REST and triggers.",
        description = {
            "",
            "Listens on this machine only, because there is no login yet. Workflows are loaded",
            "from the workflows directory and again whenever a file in it changes.",
            ""
        },
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  leat serve", "  leat serve --port 9090 --data /var/lib/leat"})
final class ServeCommand implements Verb {

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "where browsers and programs connect (default: 8080; 0 takes a free one)")
    @Nullable Integer port;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "where health and metrics answer (default: 9000; 0 takes a free one)")
    @Nullable Integer managementPort;

    @Option(
            names = "--workflows",
            paramLabel = "DIR",
            description = "where workflow files are looked for (default: workflows)")
    @Nullable Path workflows;

    @Mixin CommonOptions common = new CommonOptions();
}

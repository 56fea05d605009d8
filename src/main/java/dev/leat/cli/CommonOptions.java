package dev.leat.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every verb takes.
final class CommonOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where runs and logs are kept (default: data, or $$LEAT_DATA_DIRECTORY)")
    @Nullable Path data;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "where plugins are looked for (default: plugins)")
    @Nullable Path plugins;

    @Option(names = "--verbose", description = "show what Leat itself logs, on standard error")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help and exit")
    boolean help;

    /// With what was given to the command around it, where this one doesn't say.
    CommonOptions or(CommonOptions outer) {
        var both = new CommonOptions();
        both.data = data == null ? outer.data : data;
        both.plugins = plugins == null ? outer.plugins : plugins;
        both.verbose = verbose || outer.verbose;
        return both;
    }
}

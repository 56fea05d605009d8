package dev.leat.cli;

import dev.leat.store.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sets what Quarkus reads when it starts, so that a verb starts nothing that it doesn't need.
final class Preparation {

    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_MANAGEMENT_PORT = 9000;

    private Preparation() {}

    /// Why the verb can't be started, or null.
    static @Nullable String prepare(Verb verb) {
        return switch (verb) {
            case ServeCommand serve -> serve(serve);
            case RunCommand run -> oneShot(run.common);
            case RunsCommand runs -> oneShot(runs.common);
            case NodesCommand nodes -> oneShot(nodes.common);
            case PoolsCommand pools -> oneShot(pools.common);
            case PoolsSetCommand pool -> oneShot(pool.options());
            case PoolsDeleteCommand pool -> oneShot(pool.options());
            case HostVerb other -> oneShot(other.options());
            case ValidateCommand validate -> withoutData(validate.common);
            case TestCommand test -> withoutData(test.common);
            case PlanCommand plan -> withoutData(plan.common);
            case PluginsCommand plugins -> withoutData(plugins.common);
            case BackupCommand backup -> withoutData(backup.common);
        };
    }

    private static @Nullable String serve(ServeCommand serve) {
        set("leat.serving", "true");
        directories(serve.common);
        if (serve.workflows != null) {
            set("leat.workflows.directory", serve.workflows.toString());
        }
        int port = port("quarkus.http.port", serve.port, DEFAULT_PORT);
        int management =
                port("quarkus.management.port", serve.managementPort, DEFAULT_MANAGEMENT_PORT);
        var obstacle = DataDirectory.obstacle(dataDirectory(serve.common)).orElse(null);
        return firstOf(
                obstacle, firstOf(taken(port, "--port"), taken(management, "--management-port")));
    }

    private static @Nullable String oneShot(CommonOptions common) {
        directories(common);
        quiet(common.verbose);
        set("leat.serving", "false");
        set("leat.engine.resume", "false");
        set("quarkus.http.host-enabled", "false");
        set("quarkus.management.host-enabled", "false");
        set("quarkus.scheduler.enabled", "false");
        return null;
    }

    /// These don't hold the data directory, and so are in no server's way.
    private static @Nullable String withoutData(CommonOptions common) {
        set("leat.store.open-at-start", "false");
        return oneShot(common);
    }

    private static void directories(CommonOptions common) {
        if (common.data != null) {
            set("leat.data-directory", common.data.toString());
        }
        if (common.plugins != null) {
            set("leat.plugins.directory", common.plugins.toString());
        }
    }

    private static void quiet(boolean verbose) {
        set("quarkus.banner.enabled", "false");
        set("quarkus.log.console.stderr", "true");
        // Frameworks warn of what their users can't change.
        set("quarkus.log.level", verbose ? "INFO" : "ERROR");
        set("quarkus.log.category.\"dev.leat\".level", verbose ? "INFO" : "WARN");
    }

    private static int port(String property, @Nullable Integer given, int byDefault) {
        if (given != null) {
            set(property, given.toString());
            return given;
        }
        var variable = System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_'));
        var configured = System.getProperty(property, variable);
        try {
            return configured == null ? byDefault : Integer.parseInt(configured);
        } catch (NumberFormatException _) {
            return byDefault;
        }
    }

    private static @Nullable String taken(int port, String option) {
        if (port == 0) {
            return null;
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return "Port %d can't be used (%s). Choose another with %s."
                    .formatted(port, e.getMessage(), option);
        }
    }

    private static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static void set(String property, String value) {
        System.setProperty(property, value);
    }

    /// Where the server would have left its address.
    static Path dataDirectory(CommonOptions common) {
        if (common.data != null) {
            return common.data;
        }
        var configured = System.getenv("LEAT_DATA_DIRECTORY");
        return Path.of(configured == null || configured.isBlank() ? "data" : configured);
    }
}

package dev.leat.cli;

import dev.leat.store.DataDirectory;
import dev.leat.task.Refusal;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What can be done without starting anything, because a server holds the data directory.
final class Remote {

    private Remote() {}

    /// The exit code; null where there is no such server, or the verb needs none.
    static @Nullable Integer perform(Verb verb) {
        return switch (verb) {
            case RunCommand run -> {
                var host = host(run.common);
                yield host == null ? null : run(run, host);
            }
            case RunsCommand runs -> {
                var host = host(runs.common);
                yield host == null ? null : new RunsVerb(host).perform(runs);
            }
            case ValidateCommand _, PluginsCommand _, ServeCommand _, BackupCommand _ -> null;
        };
    }

    private static int run(RunCommand command, RunHost host) {
        try {
            return new RunVerb(host, Terminal.detect(), InstantSource.system()).perform(command);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Exit.INTERRUPTED;
        }
    }

    private static @Nullable RunHost host(CommonOptions common) {
        return DataDirectory.at(Preparation.dataDirectory(common))
                .holder()
                .flatMap(DataDirectory.Holder::url)
                .map(url -> new RemoteHost(new ServerConnection(URI.create(url))))
                .orElse(null);
    }

    /// Says what was refused, in one sentence.
    static int refused(RuntimeException refusal) {
        System.err.println("leat: " + refusal.getMessage());
        return Exit.REFUSED;
    }

    static boolean isRefusal(RuntimeException failure) {
        return failure instanceof Refusal || failure instanceof Sources.Unreadable;
    }
}

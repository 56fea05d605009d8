package dev.leat.cli;

import dev.leat.store.DataDirectory;
import dev.leat.task.Refusal;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What can be done without starting anything, because a server holds the data directory.
final class Remote {

    private Remote() {}

    /// The exit code; null where there is no such server, or the verb needs none.
    static @Nullable Integer perform(Verb verb) {
        return switch (verb) {
            case RunCommand run -> on(run.common, host -> run(run, host));
            case RunsCommand runs -> on(runs.common, host -> new RunsVerb(host).perform(runs));
            case NodesCommand nodes -> on(nodes.common, host -> new NodesVerb(host).perform(nodes));
            case PoolsCommand pools -> on(pools.common, host -> new PoolsVerb(host).list(pools));
            case PoolsSetCommand pool -> on(pool.options(), host -> new PoolsVerb(host).set(pool));
            case PoolsDeleteCommand pool ->
                    on(pool.options(), host -> new PoolsVerb(host).delete(pool));
            case HostVerb other -> on(other.options(), other::perform);
            case ValidateCommand _,
                    TestCommand _,
                    PlanCommand _,
                    PluginsCommand _,
                    ServeCommand _,
                    BackupCommand _ ->
                    null;
        };
    }

    private static @Nullable Integer on(CommonOptions common, ToIntFunction<RunHost> work) {
        var host = host(common);
        return host == null ? null : (Integer) work.applyAsInt(host);
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

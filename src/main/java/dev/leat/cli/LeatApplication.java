package dev.leat.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.inject.Instance;
import java.time.InstantSource;

/// Does what the verb says, once what it needs is started.
final class LeatApplication implements QuarkusApplication {

    private final Instance<LocalHost> host;
    private final Instance<ValidateVerb> validate;
    private final Instance<TestVerb> tests;
    private final Instance<PlanVerb> plans;
    private final Instance<PluginsVerb> plugins;
    private final Instance<ServeVerb> serve;
    private final Instance<BackupVerb> backup;
    private final InstantSource clock;

    LeatApplication(
            Instance<LocalHost> host,
            Instance<ValidateVerb> validate,
            Instance<TestVerb> tests,
            Instance<PlanVerb> plans,
            Instance<PluginsVerb> plugins,
            Instance<ServeVerb> serve,
            Instance<BackupVerb> backup,
            InstantSource clock) {
        this.host = host;
        this.validate = validate;
        this.tests = tests;
        this.plans = plans;
        this.plugins = plugins;
        this.serve = serve;
        this.backup = backup;
        this.clock = clock;
    }

    @Override
    public int run(String... words) throws Exception {
        var verb = words.length == 0 ? new ServeCommand() : LeatMain.verb(words);
        return switch (verb) {
            case ServeCommand _ -> {
                var server = serve.get();
                server.announce();
                new Interrupts().listen(server::stop);
                Quarkus.waitForExit();
                yield Exit.SUCCESS;
            }
            case RunCommand command ->
                    new RunVerb(host.get(), Terminal.detect(), clock).perform(command);
            case ValidateCommand command -> validate.get().perform(command);
            case TestCommand command -> tests.get().perform(command);
            case PlanCommand command -> plans.get().perform(command);
            case RunsCommand command -> new RunsVerb(host.get()).perform(command);
            case NodesCommand command -> new NodesVerb(host.get()).perform(command);
            case PoolsCommand command -> new PoolsVerb(host.get()).list(command);
            case PoolsSetCommand command -> new PoolsVerb(host.get()).set(command);
            case PoolsDeleteCommand command -> new PoolsVerb(host.get()).delete(command);
            case HostVerb command -> command.perform(host.get());
            case PluginsCommand command -> plugins.get().perform(command);
            case BackupCommand command -> backup.get().perform(command);
        };
    }
}

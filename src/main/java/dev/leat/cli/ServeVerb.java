package dev.leat.cli;

import dev.leat.engine.MainOrchestrator;
import dev.leat.store.DataDirectory;
import dev.leat.store.Membership;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.Dependent;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// `leat serve`, once the server listens.
@Dependent
class ServeVerb {

    private final DataDirectory directory;
    private final Membership membership;
    private final MainOrchestrator orchestrator;
    private final String workflows;

    ServeVerb(
            DataDirectory directory,
            Membership membership,
            MainOrchestrator orchestrator,
            @ConfigProperty(name = "leat.workflows.directory") String workflows) {
        this.directory = directory;
        this.membership = membership;
        this.orchestrator = orchestrator;
        this.workflows = workflows;
    }

    /// The work is handed over while the server still answers, and says that it isn't ready.
    void stop() {
        orchestrator.drain();
        Quarkus.asyncExit();
    }

    void announce() {
        // Asked for again: where any free port was wanted, this tells which it became.
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        var url = "http://127.0.0.1:" + port;
        directory.announce(url);
        membership.url(url);
        System.out.printf(
                "Leat %s serves http://localhost:%d (data in %s, workflows from %s). Ctrl-C ends it.%n",
                Version.text(), port, directory.path(), workflows);
    }
}

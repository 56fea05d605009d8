package dev.leat.cli;

import jakarta.enterprise.context.Dependent;
import org.eclipse.microprofile.config.ConfigProvider;

/// `leat serve`, once the server listens.
@Dependent
class ServeVerb {

    void announce() {
        var config = ConfigProvider.getConfig();
        var port = config.getOptionalValue("quarkus.http.port", String.class).orElse("8080");
        System.out.printf(
                "Leat %s serves http://localhost:%s - Ctrl-C ends it.%n", Version.text(), port);
    }
}

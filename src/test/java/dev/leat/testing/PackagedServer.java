package dev.leat.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Has the packaged program started as a server, on a folder of its own.
public final class PackagedServer implements QuarkusTestResourceLifecycleManager {

    private @Nullable Path data;
    private int managementPort;

    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory("leat-packaged-");
            data = folder;
            managementPort = FreePort.next();
            return Map.of(
                    "leat.serving", "true",
                    "leat.data-directory", folder.toString(),
                    "quarkus.management.port", Integer.toString(managementPort));
        } catch (IOException e) {
            throw new IllegalStateException("There is no room for a server's data.", e);
        }
    }

    /// Given to the field `managementUrl` of a test.
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                "http://127.0.0.1:" + managementPort,
                field -> field.getName().equals("managementUrl"));
    }

    @Override
    public void stop() {
        if (data == null) {
            return;
        }
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("The server still writes to " + data + ".", e);
        }
    }
}

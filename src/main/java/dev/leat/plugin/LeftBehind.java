package dev.leat.plugin;

import dev.leat.plugin.process.ProcessLauncher;
import dev.leat.store.DataDirectory;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ends what tasks of a former server left running when that was killed, before their runs are
/// resumed and the same tasks run a second time beside them.
@Singleton
class LeftBehind {

    /// After the data directory is held, and before the engine resumes anything.
    private static final int BEFORE_RUNS = 900;

    private final DataDirectory directory;
    private final ProcessLauncher launcher;

    LeftBehind(DataDirectory directory, ProcessLauncher launcher) {
        this.directory = directory;
        this.launcher = launcher;
    }

    /// A command that only looks must not end the tasks of the server beside it.
    void start(@Observes @Priority(BEFORE_RUNS) StartupEvent event) {
        if (directory.held()) {
            launcher.sweepLeftBehind(instance());
        }
    }

    private String instance() {
        try {
            var path = directory.path().toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(path), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}

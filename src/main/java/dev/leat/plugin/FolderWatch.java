package dev.leat.plugin;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Tells when something in a folder, or in a folder in it, has changed and then been quiet for a
/// moment. It also tells every so often without a reason, since systems don't report all changes.
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FolderWatch.class);
    private static final Duration QUIET = Duration.ofMillis(200);
    private static final int MOST_ROUNDS = 10;

    private final Path folder;
    private final Duration poll;
    private final Runnable changed;
    private final WatchService service;

    private FolderWatch(Path folder, Duration poll, Runnable changed, WatchService service) {
        this.folder = folder;
        this.poll = poll;
        this.changed = changed;
        this.service = service;
    }

    /// Until it is closed.
    public static FolderWatch start(Path folder, Duration poll, Runnable changed)
            throws IOException {
        var watch =
                new FolderWatch(folder, poll, changed, FileSystems.getDefault().newWatchService());
        watch.register();
        Thread.ofVirtual().name("leat-folder-watch").start(watch::watch);
        return watch;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("The watch of a folder didn't close well", e);
        }
    }

    private void watch() {
        try {
            while (true) {
                if (next(poll)) {
                    awaitQuiet();
                }
                register();
                tell();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debugf("No longer watching %s", folder);
        }
    }

    /// Files are still being copied, as a rule, when the first change is told. One who never stops
    /// writing doesn't keep us from looking.
    private void awaitQuiet() throws InterruptedException {
        for (int round = 0; round < MOST_ROUNDS && next(QUIET); round++) {
            LOG.tracef("Still changing: %s", folder);
        }
    }

    private boolean next(Duration atMost) throws InterruptedException {
        var key = service.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (key == null) {
            return false;
        }
        key.pollEvents();
        key.reset();
        return true;
    }

    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Looking through %s failed; trying again after the next change", folder);
        }
    }

    /// Registering a folder again changes nothing, and new folders come at any time.
    private void register() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        register(folder);
        try (var folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
            folders.forEach(this::register);
        } catch (IOException e) {
            LOG.debugf("Can't list %s: %s", folder, e.getMessage());
        }
    }

    private void register(Path one) {
        try {
            one.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            LOG.debugf("Can't watch %s, only poll it: %s", one, e.getMessage());
        }
    }
}

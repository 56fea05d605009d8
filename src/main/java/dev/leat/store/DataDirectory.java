package dev.leat.store;

import dev.leat.task.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The folder with everything that Leat keeps on this machine. One process holds it at a time.
///
/// ```
/// leat.db        the database, unless it is PostgreSQL
/// leat.lock      locked while a process holds the folder; its text is the process' id
/// leat.id        made with the folder: tells it from every other
/// server.url     where that process answers, if it is a server
/// logs/          what tasks wrote: <run>/<task>.<attempt>.log
/// logs-index.db  makes these searchable; may be deleted while Leat is stopped
/// log/leat.log   what the server has to say
/// ```
@Singleton
public class DataDirectory {

    private static final String LOCK = "leat.lock";
    private static final String URL = "server.url";
    private static final String ID = "leat.id";
    private static final int ID_BYTES = 16;

    /// Only one byte far behind the text is locked: some systems let nobody read what is locked.
    private static final long LOCKED_BYTE = 1L << 30;

    /// Somebody who asks for the holder has the lock for a moment.
    private static final int TRIES = 10;
    private static final long BETWEEN_TRIES_MILLIS = 50;

    private final Path path;
    private @Nullable FileChannel channel;

    DataDirectory(@ConfigProperty(name = "leat.data-directory") String path) {
        this.path = Path.of(path).toAbsolutePath().normalize();
    }

    /// For those who only want to know who holds it, before anything is started.
    public static DataDirectory at(Path path) {
        return new DataDirectory(path.toString());
    }

    public Path path() {
        return path;
    }

    /// What tasks wrote, a folder a run.
    public Path logs() {
        return path.resolve("logs");
    }

    /// What the server has to say: `leat.log`, and older ones beside it.
    public Path serverLogs() {
        return path.resolve("log");
    }

    /// Tells this folder at this place on this machine from every other, so that a copy of it is
    /// another one.
    ///
    /// @throws Refusal.Unavailable where it can't be read or written
    String home() {
        try {
            var file = path.resolve(ID);
            if (!Files.exists(file)) {
                var id = new byte[ID_BYTES];
                new SecureRandom().nextBytes(id);
                Files.writeString(file, HexFormat.of().formatHex(id) + "\n");
            }
            var place = Files.readString(file).strip() + "@" + machine() + ":" + path;
            return UUID.nameUUIDFromBytes(bytes(place)).toString();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    /// Whether this process holds the folder.
    public boolean held() {
        return channel != null;
    }

    /// Which other process holds the folder, if one does. Nothing is created.
    public Optional<Holder> holder() {
        if (channel != null || !Files.exists(path.resolve(LOCK))) {
            return Optional.empty();
        }
        try (var file = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
                var lock = lock(file)) {
            return lock != null ? Optional.empty() : Optional.of(readHolder());
        } catch (IOException _) {
            // Who may not open the lock may not hold it either, and is told when trying to.
            return Optional.empty();
        }
    }

    /// What would keep a process from holding the folder, in a sentence; for those who want to know
    /// before they start anything. The folder is made where there is none.
    public static Optional<String> obstacle(Path path) {
        var directory = new DataDirectory(path.toString());
        try {
            Files.createDirectories(directory.path);
            Files.delete(Files.createTempFile(directory.path, "leat", ".try"));
        } catch (IOException e) {
            return Optional.of(directory.unusable(e).sentence());
        }
        return directory.holder().map(holder -> directory.taken(holder).sentence());
    }

    /// Tells other processes where this one answers, until it stops.
    public void announce(String url) {
        try {
            Files.writeString(path.resolve(URL), url + "\n");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// Makes the folder where there is none, and keeps other processes out of it.
    ///
    /// @throws Refusal.Conflict where another process holds it
    /// @throws Refusal.Unavailable where it can't be made or written
    void hold() {
        if (channel != null) {
            return;
        }
        try {
            Files.createDirectories(path);
            var file =
                    FileChannel.open(
                            path.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!tryHold(file)) {
                file.close();
                throw taken(readHolder());
            }
            file.truncate(0);
            file.write(ByteBuffer.wrap(bytes(ProcessHandle.current().pid() + "\n")), 0);
            Files.deleteIfExists(path.resolve(URL));
            channel = file;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// Lets others have it.
    void release() {
        var held = channel;
        channel = null;
        if (held == null) {
            return;
        }
        try (held) {
            Files.deleteIfExists(path.resolve(URL));
        } catch (IOException _) {
            // The lock goes with the process at the latest, and without it the URL counts for
            // nothing.
        }
    }

    private static boolean tryHold(FileChannel file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            if (lock(file) != null) {
                return true;
            }
            if (attempt == TRIES) {
                return false;
            }
            try {
                Thread.sleep(BETWEEN_TRIES_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private Holder readHolder() {
        return new Holder(
                read(LOCK).map(DataDirectory::number).orElse(0L),
                read(URL).filter(url -> !url.isEmpty()));
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(path.resolve(file)).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return 0L;
        }
    }

    private Refusal taken(Holder holder) {
        return new Refusal.Conflict(
                "The data directory %s is in use by process %d%s. Stop that one, or choose another directory with leat.data-directory."
                        .formatted(
                                path,
                                holder.pid(),
                                holder.url().map(url -> ", a server at " + url).orElse("")));
    }

    private Refusal unusable(IOException failure) {
        return new Refusal.Conflict(
                "The data directory %s can't be written (%s: %s). Give this user the right to, or choose another directory with leat.data-directory."
                        .formatted(path, failure.getClass().getSimpleName(), failure.getMessage()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// @param pid 0 where it can't be read
    /// @param url empty where the process is no server, or isn't ready yet
    public record Holder(long pid, Optional<String> url) {}
}

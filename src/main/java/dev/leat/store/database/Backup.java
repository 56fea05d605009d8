package dev.leat.store.database;

import dev.leat.task.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/// Copies an embedded database, also while a server writes to it.
@Singleton
public class Backup {

    private final DatabaseConfig config;

    Backup(DatabaseConfig config) {
        this.config = config;
    }

    /// What is in a copy.
    public record Made(Path file, long bytes, long runs, long unfinished) {}

    /// The database as of one moment, as one file that needs no other. When this returns, it has
    /// been read through and is on disk. Nobody who writes meanwhile is held up.
    ///
    /// @throws Refusal.NotFound where there is no database
    /// @throws Refusal.Conflict with a sentence that says what is in the way
    public Made to(Path file) {
        var target = file.toAbsolutePath().normalize();
        var folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Refusal.Conflict("There is no folder %s for the backup.".formatted(folder));
        }
        if (Files.exists(target)) {
            throw exists(target);
        }
        var source = source();
        try {
            // Nobody else may read it. Under the name that was asked for it appears when it is
            // whole.
            var part = Files.createTempFile(folder, target.getFileName() + ".", ".part");
            try {
                var counted = Sqlite.copy(source, part);
                sync(part, StandardOpenOption.WRITE);
                var bytes = Files.size(part);
                Files.move(part, target);
                sync(folder, StandardOpenOption.READ);
                return new Made(target, bytes, counted.runs(), counted.unfinished());
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (FileAlreadyExistsException _) {
            throw exists(target);
        } catch (SQLException | IOException e) {
            throw new Refusal.Conflict(
                    "%s can't be copied to %s: %s".formatted(source, target, e.getMessage()));
        }
    }

    private Path source() {
        if (DatabaseKind.of(config.url()) != DatabaseKind.SQLITE) {
            throw new Refusal.Conflict(
                    "The database is %s. Back it up with PostgreSQL's own pg_dump or pg_basebackup."
                            .formatted(DatabaseKind.withoutParameters(config.url())));
        }
        return Sqlite.file(config.url())
                .filter(Files::isRegularFile)
                .orElseThrow(
                        () ->
                                new Refusal.NotFound(
                                        "There is no database %s to back up. Say where it is with --data."
                                                .formatted(
                                                        DatabaseKind.withoutParameters(
                                                                config.url()))));
    }

    private static Refusal exists(Path target) {
        return new Refusal.Conflict(
                "%s exists already, and a backup replaces nothing. Name another file."
                        .formatted(target));
    }

    /// A folder's entries are synced through the folder, where the system can do that.
    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (var channel = FileChannel.open(path, access)) {
            channel.force(true);
        } catch (IOException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }
}

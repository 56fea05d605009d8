package dev.leat.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/// A base backup of a PostgreSQL that works meanwhile, as `pg_basebackup` makes one, and another
/// server on the copy. The binaries that tests have are without that program.
public final class CopiedPostgresql {

    /// They belong to the server that runs.
    private static final Set<String> NOT_COPIED =
            Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    private static final String LOG = "pg_wal";

    private CopiedPostgresql() {}

    /// Copies the server's files while it writes to them. What makes them whole is its log of the
    /// time in between, so that is copied last.
    public static void copy(EmbeddedPostgres server, Path target) throws Exception {
        try (var connection = server.getPostgresDatabase().getConnection()) {
            var source = Path.of(one(connection, "show data_directory"));
            one(connection, "select pg_backup_start('leat', true)");
            copyTree(source, target, true);
            // The server refuses a folder that others may read.
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
            var label = one(connection, "select labelfile from pg_backup_stop(false)");
            copyTree(source.resolve(LOG), target.resolve(LOG), false);
            Files.writeString(target.resolve("backup_label"), label);
        }
    }

    public static EmbeddedPostgres start(Path copy) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(copy)
                .setCleanDataDirectory(false)
                .start();
    }

    private static void copyTree(Path from, Path to, boolean withoutLog) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(folder)));
                        return withoutLog && folder.getFileName().toString().equals(LOG)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (!NOT_COPIED.contains(file.getFileName().toString())) {
                            Files.copy(file, to.resolve(from.relativize(file)));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}

package dev.leat.fault;

import dev.leat.testing.PackagedProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A copy of the packaged program with a call at each failpoint. The program itself has no trace of
/// them.
final class WovenProgram {

    private static final Path BUILT = Path.of("target", "quarkus-app");
    private static final Path WOVEN = Path.of("target", "woven", "quarkus-app").toAbsolutePath();

    /// What the calls lead to, as the tests' compiler left it.
    private static final Path INSIDE = Path.of("dev", "leat", "fault", "inside");

    private static @Nullable PackagedProgram made;

    private WovenProgram() {}

    /// Made anew by each process that asks for it.
    static synchronized PackagedProgram get() {
        var program = made;
        if (program == null) {
            try {
                make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            program = PackagedProgram.in(WOVEN);
            made = program;
        }
        return program;
    }

    private static void make() throws IOException {
        delete(WOVEN.getParent());
        copy();
        var found = EnumSet.noneOf(Failpoint.class);
        for (var folder : Set.of("app", "quarkus")) {
            try (var files = Files.list(WOVEN.resolve(folder))) {
                for (var jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    found.addAll(weave(jar));
                }
            }
        }
        var missing = EnumSet.complementOf(found);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("No jar has the classes of " + missing);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void copy() throws IOException {
        try (var files = Files.walk(BUILT)) {
            for (var file : files.toList()) {
                var copy = WOVEN.resolve(BUILT.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /// @return the failpoints of which it has the classes
    private static Set<Failpoint> weave(Path jar) throws IOException {
        var found = EnumSet.noneOf(Failpoint.class);
        try (var files = FileSystems.newFileSystem(jar)) {
            for (var point : Failpoint.values()) {
                var type = files.getPath(point.type().replace('.', '/') + ".class");
                if (Files.exists(type)) {
                    Files.write(type, Weaver.woven(Files.readAllBytes(type), point));
                    found.add(point);
                }
            }
            if (!found.isEmpty()) {
                addInside(files);
            }
        }
        return found;
    }

    private static void addInside(FileSystem jar) throws IOException {
        var target = jar.getPath("/" + INSIDE);
        Files.createDirectories(target);
        try (var classes = Files.list(Path.of("target", "test-classes").resolve(INSIDE))) {
            for (var file : classes.toList()) {
                Files.copy(
                        file,
                        target.resolve(file.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

package dev.leat.trigger.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// The one place that decides whether a trigger may look at a folder. Real paths are compared, so
/// that neither `..` nor a link leads anywhere else.
final class FileRoots {

    private final List<Path> roots;

    FileRoots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /// A trigger can't look where it wants to.
    static final class Unusable extends Exception {
        private final String code;

        Unusable(String code, String sentence) {
            super(sentence, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /// A folder within one of the roots; both are real paths.
    record Folder(Path root, Path directory) {}

    Folder resolve(String directory) throws Unusable {
        if (roots.isEmpty()) {
            throw new Unusable(
                    "no-file-roots",
                    "Triggers may look for files nowhere. Name the folders in which they may in leat.triggers.file-roots.");
        }
        var real = real(directory);
        for (var root : roots) {
            try {
                var realRoot = root.toRealPath();
                if (real.startsWith(realRoot)) {
                    return new Folder(realRoot, real);
                }
            } catch (IOException _) {
                // A root that isn't there has nothing in it; another one may.
            }
        }
        throw new Unusable(
                "outside-file-roots",
                "'%s' is in none of the folders that leat.triggers.file-roots names."
                        .formatted(directory));
    }

    private static Path real(String directory) throws Unusable {
        try {
            var path = Path.of(directory);
            if (Files.isDirectory(path)) {
                return path.toRealPath();
            }
        } catch (InvalidPathException | IOException _) {
            // Said below; what is there and what isn't is for nobody outside the roots.
        }
        throw new Unusable("no-folder", "There is no folder '%s'.".formatted(directory));
    }
}

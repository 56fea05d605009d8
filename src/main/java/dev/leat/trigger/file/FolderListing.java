package dev.leat.trigger.file;

import dev.leat.trigger.file.FileRoots.Folder;
import dev.leat.trigger.file.FileRoots.Unusable;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.PatternSyntaxException;

/// The files of a folder that a glob matches, by their path within it. Links to folders aren't
/// followed, and links to files only where they stay within the root. What begins with a dot is
/// left out: programs write under such a name what isn't finished.
final class FolderListing extends SimpleFileVisitor<Path> {

    private static final int DEEPEST = 32;

    private final Folder folder;
    private final PathMatcher glob;
    private final int most;
    private final Map<String, Found> found = new TreeMap<>();

    /// @param placed when it was last written, moved or renamed to where it is, which no program
    /// can make up; or last modified where the system doesn't tell
    record Found(Stamp stamp, Instant placed) {}

    private FolderListing(Folder folder, PathMatcher glob, int most) {
        this.folder = folder;
        this.glob = glob;
        this.most = most;
    }

    static Map<String, Found> of(Folder folder, PathMatcher glob, int most)
            throws IOException, Unusable {
        var listing = new FolderListing(folder, glob, most);
        Files.walkFileTree(folder.directory(), Set.of(), DEEPEST, listing);
        if (listing.found.size() > most) {
            throw new Unusable(
                    "too-many-files",
                    "There are more than %d files in '%s' (leat.triggers.most-files)."
                            .formatted(most, folder.directory()));
        }
        return listing.found;
    }

    /// `**/` at the beginning stands for any number of folders, and for none.
    static PathMatcher glob(String pattern) throws Unusable {
        try {
            var system = FileSystems.getDefault();
            var whole = system.getPathMatcher("glob:" + pattern);
            if (!pattern.startsWith("**/")) {
                return whole;
            }
            var flat = system.getPathMatcher("glob:" + pattern.substring(3));
            return path -> whole.matches(path) || flat.matches(path);
        } catch (PatternSyntaxException e) {
            throw new Unusable(
                    "bad-glob",
                    "The glob '%s' can't be read: %s.".formatted(pattern, e.getDescription()));
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        var hidden = !directory.equals(folder.directory()) && hidden(directory);
        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        var path = folder.directory().relativize(file);
        if (!hidden(file) && glob.matches(path)) {
            add(path.toString().replace('\\', '/'), file, attributes);
        }
        return found.size() > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private void add(String path, Path file, BasicFileAttributes attributes) {
        try {
            var target = attributes;
            if (attributes.isSymbolicLink()) {
                var real = file.toRealPath();
                if (!real.startsWith(folder.root())) {
                    return;
                }
                target = Files.readAttributes(real, BasicFileAttributes.class);
            }
            if (target.isRegularFile()) {
                found.put(path, found(file, target));
            }
        } catch (IOException _) {
            // Gone while we looked, or a link to nothing.
        }
    }

    private static Found found(Path file, BasicFileAttributes attributes) throws IOException {
        var modified = attributes.lastModifiedTime();
        var system = file.getFileSystem().supportedFileAttributeViews();
        var placed =
                system.contains("unix")
                        ? (FileTime) Files.getAttribute(file, "unix:ctime")
                        : modified;
        return new Found(
                new Stamp(attributes.size(), modified.to(TimeUnit.MICROSECONDS)),
                placed.toInstant());
    }

    /// Deleted while we looked, or not for our eyes: the others are still worth finding.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (file.equals(folder.directory())) {
            throw e;
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
            Path directory, @org.jspecify.annotations.Nullable IOException e) {
        return FileVisitResult.CONTINUE;
    }

    private static boolean hidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}

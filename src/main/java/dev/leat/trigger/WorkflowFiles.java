package dev.leat.trigger;

import dev.leat.task.Problem;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.TreeMap;

/// Reads a folder of workflow files, whatever else lies in it.
final class WorkflowFiles {

    private static final int LARGEST = 5 * 1024 * 1024;
    private static final int DEEPEST = 16;

    private WorkflowFiles() {}

    /// What tells that a file may have changed.
    record Stamp(long size, FileTime modified, Object key) {}

    /// A file that can't be read as a workflow's text.
    static final class Unreadable extends Exception {
        private final transient Problem problem;

        Unreadable(String code, String message) {
            super(message, null, false, false);
            problem = Problem.error(code, "", message);
        }

        Problem problem() {
            return problem;
        }
    }

    /// All workflow files by their path within the folder. Links to files are followed, as mounted
    /// configuration consists of them; links to folders aren't, as they may lead back. What is
    /// hidden, is a test or is no file at all is left out.
    static TreeMap<String, Stamp> list(Path folder) throws IOException {
        return list(folder, new TreeMap<>());
    }

    /// @param documents where the calendars and blackouts among the files are put
    static TreeMap<String, Stamp> list(Path folder, TreeMap<String, Stamp> documents)
            throws IOException {
        var found = new TreeMap<String, Stamp>();
        Files.walkFileTree(folder, Set.of(), DEEPEST, new Finder(folder, found, documents));
        return found;
    }

    private static final class Finder extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final TreeMap<String, Stamp> found;
        private final TreeMap<String, Stamp> documents;

        private Finder(
                Path folder, TreeMap<String, Stamp> found, TreeMap<String, Stamp> documents) {
            this.folder = folder;
            this.found = found;
            this.documents = documents;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            var hidden = !directory.equals(folder) && name(directory).startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            var document = isDocument(name(file));
            if ((document || isWorkflow(name(file))) && Files.isRegularFile(file)) {
                var target = Files.readAttributes(file, BasicFileAttributes.class);
                var path = folder.relativize(file).toString().replace('\\', '/');
                (document ? documents : found)
                        .put(
                                path,
                                new Stamp(
                                        target.size(),
                                        target.lastModifiedTime(),
                                        String.valueOf(target.fileKey())));
            }
            return FileVisitResult.CONTINUE;
        }

        /// Deleted while we looked, or not for our eyes: the others are still worth finding.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(folder)) {
                throw e;
            }
            return FileVisitResult.CONTINUE;
        }
    }

    static boolean isWorkflow(String name) {
        if (name.startsWith(".") || name.contains(".test.") || DocumentText.isDocument(name)) {
            return false;
        }
        return name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
    }

    static boolean isDocument(String name) {
        return !name.startsWith(".") && DocumentText.isDocument(name);
    }

    static Source read(Path folder, String path) throws IOException, Unreadable {
        byte[] bytes;
        try (var in = Files.newInputStream(folder.resolve(path))) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw new Unreadable("too-large", "The file is larger than 5 MB.");
        }
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            var text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
            var format = path.endsWith(".json") ? Format.JSON : Format.YAML;
            return new Source(text.startsWith("\ufeff") ? text.substring(1) : text, format, path);
        } catch (CharacterCodingException _) {
            throw new Unreadable("not-utf-8", "The file is not UTF-8 text.");
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}

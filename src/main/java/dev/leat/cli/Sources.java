package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what the command line names.
final class Sources {

    private static final long LARGEST = 5L * 1024 * 1024;
    private static final String STANDARD_INPUT = "-";

    private Sources() {}

    /// @throws Unreadable with a sentence
    static Source workflow(String file) {
        var text = text(file);
        return new Source(text, format(file, text), file.equals(STANDARD_INPUT) ? "stdin" : file);
    }

    /// A calendar or a blackout.
    ///
    /// @param id what it is called where its text doesn't say; null for what the file's name says
    /// @throws Unreadable with a sentence
    static DocumentText document(String file, @Nullable String id) {
        var text = text(file);
        var form = DocumentText.formatOf(file.toLowerCase(Locale.ROOT));
        if (text.stripLeading().startsWith("BEGIN:VCALENDAR")) {
            form = DocumentText.Format.ICS;
        } else if (form == DocumentText.Format.YAML && format(file, text) == Format.JSON) {
            form = DocumentText.Format.JSON;
        }
        var named =
                id == null && form == DocumentText.Format.ICS
                        ? DocumentText.idOf(Path.of(file).getFileName().toString())
                        : id;
        return new DocumentText(text, form, file, named);
    }

    /// The file itself, or the workflow files in a folder and the folders in it, as the server
    /// takes them.
    ///
    /// @throws Unreadable with a sentence
    static List<String> files(String name) {
        var folder = Path.of(name);
        if (name.equals(STANDARD_INPUT) || !Files.isDirectory(folder)) {
            return List.of(name);
        }
        try (var all = Files.walk(folder)) {
            var files =
                    all.filter(file -> isWorkflow(folder.relativize(file)))
                            .filter(Files::isRegularFile)
                            .map(Path::toString)
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw new Unreadable("There is no workflow file in " + name + ".");
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            throw new Unreadable("%s can't be read: %s".formatted(name, e.getMessage()));
        }
    }

    /// Not what is hidden, and no `*.test.*`, `*.calendar.*` or `*.blackout.*`.
    private static boolean isWorkflow(Path file) {
        for (var part : file) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.matches(".*\\.(json|ya?ml)")
                && !name.contains(".test.")
                && !DocumentText.isDocument(name);
    }

    /// @throws Unreadable with a sentence
    static Map<String, @Nullable Object> inputs(String file) {
        try {
            return Json.readObject(text(file));
        } catch (IllegalArgumentException e) {
            throw new Unreadable(
                    "The inputs in %s can't be read: %s".formatted(file, e.getMessage()));
        }
    }

    private static Format format(String file, String text) {
        var name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return Format.YAML;
        }
        var json = name.endsWith(".json") || text.stripLeading().startsWith("{");
        return json ? Format.JSON : Format.YAML;
    }

    private static String text(String file) {
        try {
            return decoded(file, file.equals(STANDARD_INPUT) ? standardInput() : bytes(file));
        } catch (NoSuchFileException _) {
            throw new Unreadable("There is no file " + file + ".");
        } catch (IOException e) {
            throw new Unreadable("%s can't be read: %s".formatted(file, e.getMessage()));
        }
    }

    private static byte[] standardInput() throws IOException {
        return System.in.readNBytes((int) LARGEST + 1);
    }

    private static byte[] bytes(String file) throws IOException {
        var path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new Unreadable(file + " is a directory, not a file.");
        }
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes((int) LARGEST + 1);
        }
    }

    private static String decoded(String file, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new Unreadable(file + " is larger than 5 MB.");
        }
        try {
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new Unreadable(file + " is not UTF-8 text.");
        }
    }

    /// Something named on the command line can't be used.
    static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message, null, false, false);
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }
}

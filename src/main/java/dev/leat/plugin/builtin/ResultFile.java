package dev.leat.plugin.builtin;

import dev.leat.store.Json;
import dev.leat.task.TaskError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The file into which a command writes its result: JSON, or lines of `KEY=VALUE`, where a value of
/// several lines is written as `KEY<<END`, the lines, and `END`.
final class ResultFile {

    static final String VARIABLE = "LEAT_OUTPUT";

    private final Path path;
    private final int largest;

    /// @param largest bytes; more isn't read, so that no result fills the memory
    ResultFile(Path directory, int largest) {
        this.largest = largest;
        this.path = directory.resolve(".leat-output");
    }

    Path path() {
        return path;
    }

    /// Null where nothing was written.
    @Nullable Object read() throws Unusable {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        var text = content().strip();
        if (text.isEmpty()) {
            return null;
        }
        return "{[\"".indexOf(text.charAt(0)) >= 0 || !text.contains("=") && !text.contains("<<")
                ? json(text)
                : pairs(text.lines().toList());
    }

    private String content() throws Unusable {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw invalid("is no regular file");
        }
        try (var in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            var bytes = in.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw new Unusable(
                        TaskError.permanent(
                                "output-too-large",
                                "The file $LEAT_OUTPUT is larger than the %,d bytes that an output may have (leat.engine.max-output-bytes); write the data to a file of its own and only its name into the result."
                                        .formatted(largest)));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw invalid("can't be read: " + e.getMessage());
        }
    }

    private static @Nullable Object json(String text) throws Unusable {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException e) {
            throw invalid("is neither JSON nor lines of KEY=VALUE: " + e.getMessage());
        }
    }

    private static Object pairs(List<String> lines) throws Unusable {
        var pairs = new LinkedHashMap<String, Object>();
        for (int at = 0; at < lines.size(); at++) {
            var line = lines.get(at);
            int equals = line.indexOf('=');
            int block = line.indexOf("<<");
            if (block > 0 && (equals < 0 || block < equals)) {
                int end = endOfBlock(lines, at, line.substring(block + 2).strip());
                var value = String.join("\n", lines.subList(at + 1, end));
                pairs.put(line.substring(0, block).strip(), value);
                at = end;
            } else if (equals > 0) {
                pairs.put(line.substring(0, equals).strip(), line.substring(equals + 1));
            } else if (!line.isBlank()) {
                throw invalid("has a line %d that is no KEY=VALUE".formatted(at + 1));
            }
        }
        return pairs;
    }

    private static int endOfBlock(List<String> lines, int start, String delimiter) throws Unusable {
        for (int at = start + 1; at < lines.size(); at++) {
            if (lines.get(at).equals(delimiter)) {
                return at;
            }
        }
        throw invalid(
                "opens a value in line %d that no line '%s' ends".formatted(start + 1, delimiter));
    }

    private static Unusable invalid(String what) {
        return new Unusable(
                TaskError.permanent("output-invalid", "The file $LEAT_OUTPUT " + what + "."));
    }

    /// The command did its work, but nobody can use what it wrote.
    static final class Unusable extends Exception {
        private final transient TaskError error;

        Unusable(TaskError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        TaskError error() {
            return error;
        }
    }
}

package dev.leat.plugin;

import dev.leat.task.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what a manifest's `command` names. What begins with `./` is a file in the plugin's folder;
/// a program without a path is looked up as a shell would look it up.
final class PluginCommand {

    private static final String OWN_FILE = "./";

    private final Path folder;
    private final Document manifest;
    private final List<Problem> problems;

    PluginCommand(Path folder, Document manifest, List<Problem> problems) {
        this.folder = folder;
        this.manifest = manifest;
        this.problems = problems;
    }

    List<String> resolve() {
        var words = manifest.textList("command");
        if (words.isEmpty()) {
            manifest.wrong(
                    "no-command",
                    "command",
                    "must list the program and its arguments, such as [\"python3\", \"./main.py\"]");
            return List.of();
        }
        var command = new ArrayList<String>();
        command.add(program(words.getFirst()));
        for (int at = 1; at < words.size(); at++) {
            var word = words.get(at);
            command.add(word.startsWith(OWN_FILE) ? ownFile(word, at).toString() : word);
        }
        return command;
    }

    private String program(String word) {
        if (word.startsWith(OWN_FILE)) {
            var file = ownFile(word, 0);
            if (Files.isRegularFile(file) && !Files.isExecutable(file)) {
                problem(
                        "not-executable",
                        0,
                        "'%s' may not be executed.".formatted(word),
                        "chmod +x " + file);
            }
            return file.toString();
        }
        if (word.isBlank() || word.contains("/")) {
            problem(
                    "invalid-value",
                    0,
                    "The program '%s' must be a name that is looked up, such as python3, or a file of this folder."
                            .formatted(word),
                    "write a file of this folder as ./"
                            + word.substring(word.lastIndexOf('/') + 1));
            return word;
        }
        return installed(word)
                .map(Path::toString)
                .orElseGet(
                        () -> {
                            problem(
                                    "no-program",
                                    0,
                                    "The program '%s' isn't installed here.".formatted(word),
                                    "install it, or add its folder to PATH");
                            return word;
                        });
    }

    private Path ownFile(String word, int at) {
        try {
            var file = folder.resolve(word).normalize();
            if (!Files.exists(file)) {
                problem(
                        "no-file",
                        at,
                        "The file '%s' isn't in the plugin's folder.".formatted(word),
                        null);
            } else if (!file.toRealPath().startsWith(folder)) {
                problem(
                        "outside-directory",
                        at,
                        "'%s' leads out of the plugin's folder.".formatted(word),
                        null);
            }
            return file;
        } catch (IOException | InvalidPathException e) {
            problem("no-file", at, "The file '%s' can't be read.".formatted(word), null);
            return folder;
        }
    }

    private static Optional<Path> installed(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        for (var place : path.split(File.pathSeparator)) {
            var candidate = Path.of(place).resolve(name);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private void problem(String code, int at, String message, @Nullable String hint) {
        problems.add(Problem.error(code, "/command/" + at, message).hinting(hint));
    }
}

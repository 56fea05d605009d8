package dev.leat.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The pages that people read, as data.
public final class Pages {

    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\\n(.*?)```");

    private Pages() {}

    /// Every page in Markdown of the repository's root, `docs`, `bench` and `k8s`.
    public static List<Path> all() {
        return Stream.of(".", "docs", "bench", "k8s")
                .flatMap(Pages::inside)
                .map(Path::normalize)
                .distinct()
                .sorted()
                .toList();
    }

    public static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The code blocks of a language, in their order.
    public static List<String> blocks(Path page, String language) {
        return BLOCK.matcher(read(page))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /// What a shell would see as commands: blocks of `sh`, without comments and blank lines.
    public static List<String> commands(Path page) {
        return blocks(page, "sh").stream()
                .flatMap(String::lines)
                .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// Prose, without its code blocks.
    public static String prose(Path page) {
        return BLOCK.matcher(read(page)).replaceAll((MatchResult block) -> "");
    }

    private static Stream<Path> inside(String folder) {
        try (var files = Files.walk(Path.of(folder), folder.equals(".") ? 1 : 5)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

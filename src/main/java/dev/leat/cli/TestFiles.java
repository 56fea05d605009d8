package dev.leat.cli;

import dev.leat.engine.simulation.WorkflowTests.Workflows;
import dev.leat.task.Refusal;
import dev.leat.workflow.WorkflowLoader.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Test files, and the workflow files beside them.
final class TestFiles {

    private static final List<String> ENDS = List.of(".test.json", ".test.yaml", ".test.yml");
    private static final List<String> WORKFLOWS = List.of(".json", ".yaml", ".yml");

    private TestFiles() {}

    /// The files that paths name, and those in the folders that they name, each once.
    ///
    /// @throws Sources.Unreadable with a sentence
    static List<String> find(List<String> paths) {
        return paths.stream().flatMap(path -> find(Path.of(path)).stream()).distinct().toList();
    }

    private static List<String> find(Path path) {
        if (!Files.exists(path)) {
            throw new Sources.Unreadable("There is no file or folder " + path + ".");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path.toString());
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> ENDS.stream().anyMatch(name::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new Sources.Unreadable("%s can't be read: %s".formatted(path, e.getMessage()));
        }
    }

    /// The workflow that a test file names, or that has its name: `x.json` for `x.test.json`. Those
    /// that its tasks start are beside it.
    static Workflows beside(String test) {
        return new Beside(Path.of(test));
    }

    private record Beside(Path test) implements Workflows {
        @Override
        public Source find(@Nullable String named) {
            return beside(test, named);
        }

        @Override
        public Stream<Source> others(String workflow, int revision) {
            var folder = test.toAbsolutePath().getParent();
            var stem = workflow.substring(workflow.lastIndexOf('.') + 1) + ".";
            return folder == null
                    ? Stream.empty()
                    : workflows(folder, stem).flatMap(TestFiles::readable);
        }

        /// Files are likely called as their workflow, and needn't be.
        private static Stream<Path> workflows(Path folder, String stem) {
            try (Stream<Path> files = Files.list(folder)) {
                return files
                        .filter(Files::isRegularFile)
                        .filter(file -> WORKFLOWS.stream().anyMatch(file.toString()::endsWith))
                        .filter(file -> ENDS.stream().noneMatch(file.toString()::endsWith))
                        .sorted(
                                Comparator.comparing(
                                                (Path file) ->
                                                        !String.valueOf(file.getFileName())
                                                                .startsWith(stem))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList()
                        .stream();
            } catch (IOException | UncheckedIOException unreadable) {
                return Stream.empty();
            }
        }
    }

    private static Source beside(Path test, @Nullable String named) {
        var candidates =
                named == null
                        ? WORKFLOWS.stream().map(end -> stem(test) + end).toList()
                        : List.of(named);
        for (var candidate : candidates) {
            var file = test.resolveSibling(candidate);
            if (Files.isRegularFile(file)) {
                return read(file);
            }
        }
        throw new Refusal.NotFound(
                "There is no workflow %s beside %s."
                        .formatted(String.join(" or ", candidates), test));
    }

    private static Source read(Path file) {
        try {
            return Sources.workflow(file.toString());
        } catch (Sources.Unreadable e) {
            throw new Refusal.NotFound(e.sentence());
        }
    }

    /// Nothing of a file that can't be read: it may be any of those in the folder.
    private static Stream<Source> readable(Path file) {
        try {
            return Stream.of(Sources.workflow(file.toString()));
        } catch (Sources.Unreadable other) {
            return Stream.empty();
        }
    }

    private static String stem(Path test) {
        var name = String.valueOf(test.getFileName());
        var at = name.lastIndexOf(".test.");
        return at < 0 ? name.replaceFirst("\\.[^.]*$", "") : name.substring(0, at);
    }
}

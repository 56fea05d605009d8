package dev.leat.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The only place that makes a path of a run, a task and an attempt:
/// `logs/<run>/<task>.<attempt>.log`, with `<task>.<item>` for an item of a `forEach`. While an
/// attempt whose log was cut still runs, the end of it is in a file beside it that ends in `.tail`.
final class LogPaths {

    private static final String LOG = ".log";
    private static final String TAIL = ".tail";
    private static final String TASK = "[A-Za-z_][A-Za-z0-9_]{0,62}(?:[.](?:0|[1-9][0-9]{0,8}))?";
    private static final Pattern SAFE = Pattern.compile(TASK);
    private static final Pattern FILE =
            Pattern.compile("(?<task>%s)[.](?<attempt>[1-9][0-9]{0,8})[.]log".formatted(TASK));

    private final Path root;

    LogPaths(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path folder(long run) {
        return root.resolve(Ids.text(run));
    }

    /// @throws IllegalArgumentException where it would be no safe name
    Path file(long run, String task, int attempt) {
        if (!SAFE.matcher(task).matches() || attempt < 1) {
            throw new IllegalArgumentException(
                    "Task '%s', attempt %d, can't name a log file.".formatted(task, attempt));
        }
        return folder(run).resolve(task + "." + attempt + LOG);
    }

    static Path tail(Path file) {
        var name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - LOG.length()) + TAIL);
    }

    /// The logs of a run, by task and attempt. None where the run wrote nothing.
    ///
    /// @param task null for all
    /// @param attempt 0 for all
    List<Attempt> attempts(long run, @Nullable String task, int attempt) throws IOException {
        if (task != null && !SAFE.matcher(task).matches()) {
            return List.of();
        }
        var found = new ArrayList<Attempt>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(run), "*" + LOG)) {
            for (var file : files) {
                var name = FILE.matcher(file.getFileName().toString());
                if (!name.matches()) {
                    continue;
                }
                var one =
                        new Attempt(
                                file, name.group("task"), Integer.parseInt(name.group("attempt")));
                if ((task == null || task.equals(one.task))
                        && (attempt == 0 || attempt == one.number)) {
                    found.add(one);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
        found.sort(Comparator.comparing(Attempt::task).thenComparingInt(Attempt::number));
        return found;
    }

    /// The runs that wrote something, oldest first.
    List<Long> runs() throws IOException {
        var runs = new ArrayList<Long>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (var folder : folders) {
                var run = Ids.parse(folder.getFileName().toString());
                if (run >= 0) {
                    runs.add(run);
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        }
        runs.sort(null);
        return runs;
    }

    record Attempt(Path file, String task, int number) {}
}

package dev.leat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFolderTest {

    @TempDir Path work;

    @Test
    void attempts_of_one_run_that_begin_as_others_end_all_get_a_folder() {
        var run = work.resolve("run");
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all =
                    IntStream.range(0, 4)
                            .mapToObj(
                                    _ ->
                                            CompletableFuture.runAsync(
                                                    () -> makeAndDelete(run), threads))
                            .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(all).join();
        }
        assertThat(run).doesNotExist();
    }

    private static void makeAndDelete(Path run) {
        try {
            for (int i = 0; i < 2_000; i++) {
                var folder = AttemptFolder.make(run, "task.1.");
                Files.createFile(folder.resolve("file"));
                AttemptFolder.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_folder_of_the_run_stays_while_another_attempt_has_one() throws IOException {
        var run = work.resolve("run");
        var one = AttemptFolder.make(run, "one.1.");
        var other = AttemptFolder.make(run, "other.1.");
        AttemptFolder.delete(one);
        assertThat(one).doesNotExist();
        assertThat(other).isEmptyDirectory();
    }
}

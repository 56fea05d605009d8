package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.store.DataDirectory.Holder;
import dev.leat.task.Refusal;
import dev.leat.testing.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final String URL = "http://127.0.0.1:8080";

    private final Path folder;

    DataDirectoryTest(@TempDir Path temporary) {
        this.folder = temporary.resolve("some").resolve("data");
    }

    @Test
    void a_second_process_is_refused_and_told_who_holds_the_folder() throws IOException {
        var directory = new DataDirectory(folder.toString());
        try (var other = new Forked(Other.class, folder.toString())) {
            assertThat(other.line()).isEqualTo("holds");
            assertThatThrownBy(directory::hold)
                    .isInstanceOf(Refusal.Conflict.class)
                    .hasMessageContaining("process " + other.pid())
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining(URL)
                    .hasMessageContaining("leat.data-directory");
            assertThat(DataDirectory.obstacle(folder).orElseThrow())
                    .contains("process " + other.pid());
            assertThat(directory.holder()).contains(new Holder(other.pid(), Optional.of(URL)));
        }
        assertThat(directory.holder()).isEmpty();
        directory.hold();
        directory.release();
    }

    @Test
    void a_folder_that_nobody_holds_is_free_again() {
        var first = new DataDirectory(folder.toString());
        first.hold();
        first.announce(URL);
        assertThat(folder.resolve("server.url")).hasContent(URL);
        first.release();

        assertThat(folder.resolve("server.url")).doesNotExist();
        var second = new DataDirectory(folder.toString());
        second.hold();
        second.release();
    }

    @Test
    void asking_for_the_holder_makes_nothing() {
        assertThat(new DataDirectory(folder.toString()).holder()).isEmpty();
        assertThat(folder).doesNotExist();
    }

    @Test
    void a_folder_that_cant_be_made_is_refused_in_one_line(@TempDir Path other) throws IOException {
        var file = Files.writeString(other.resolve("file"), "in the way");
        assertThatThrownBy(() -> new DataDirectory(file.resolve("data").toString()).hold())
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("can't be written")
                .hasMessageContaining("leat.data-directory")
                .hasMessageNotContaining("\n");
        assertThat(DataDirectory.obstacle(file.resolve("data")).orElseThrow())
                .contains("can't be written");
    }

    /// Holds the folder until it is killed.
    static final class Other {

        private Other() {}

        public static void main(String[] arguments) throws InterruptedException {
            var directory = new DataDirectory(arguments[0]);
            directory.hold();
            directory.announce(URL);
            System.out.println("holds");
            Thread.currentThread().join();
        }
    }
}

package dev.leat.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.workflow.WorkflowLoader.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WorkflowFilesTest {

    @TempDir Path folder;

    @Test
    void workflow_files_are_found_in_folders_and_through_links_to_files() throws IOException {
        write("a.json", "{}");
        write("sub/deep/b.yaml", "{}");
        write("c.yml", "{}");
        write("..data/d.json", "{}");
        Files.createSymbolicLink(folder.resolve("d.json"), Path.of("..data/d.json"));
        assertThat(WorkflowFiles.list(folder))
                .containsOnlyKeys("a.json", "c.yml", "d.json", "sub/deep/b.yaml");
    }

    @Test
    void tests_hidden_files_and_other_files_are_left_out() throws IOException {
        write("a.test.json", "{}");
        write(".hidden.json", "{}");
        write(".git/config.json", "{}");
        write("readme.md", "");
        write("a.json~", "{}");
        assertThat(WorkflowFiles.list(folder)).isEmpty();
    }

    @Test
    void loops_pipes_broken_links_and_folders_with_such_names_are_left_out() throws Exception {
        write("a.json", "{}");
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("self.json"), Path.of("self.json"));
        Files.createSymbolicLink(folder.resolve("gone.json"), Path.of("nowhere.json"));
        Files.createDirectory(folder.resolve("folder.json"));
        var pipe = folder.resolve("pipe.json").toString();
        var made = new ProcessBuilder("mkfifo", pipe).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(WorkflowFiles.list(folder)).containsOnlyKeys("a.json");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_text() throws Exception {
        Files.writeString(folder.resolve("a.json"), "\ufeff{}");
        var source = WorkflowFiles.read(folder, "a.json");
        assertThat(source.text()).isEqualTo("{}");
        assertThat(source.format()).isEqualTo(Format.JSON);
    }

    @Test
    void another_encoding_than_utf_8_is_said_so() throws IOException {
        Files.write(folder.resolve("a.json"), "{\"ü\":1}".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("b.json"), "{}".getBytes(StandardCharsets.UTF_16));
        for (var file : new String[] {"a.json", "b.json"}) {
            assertThatThrownBy(() -> WorkflowFiles.read(folder, file))
                    .hasMessage("The file is not UTF-8 text.");
        }
    }

    @Test
    void a_file_beyond_the_limit_is_not_read_whole() throws IOException {
        Files.write(folder.resolve("a.json"), new byte[6 * 1024 * 1024]);
        assertThatThrownBy(() -> WorkflowFiles.read(folder, "a.json"))
                .hasMessage("The file is larger than 5 MB.");
    }

    @Test
    void a_folder_that_is_gone_is_no_empty_folder() {
        assertThatThrownBy(() -> WorkflowFiles.list(folder.resolve("gone")))
                .isInstanceOf(IOException.class);
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

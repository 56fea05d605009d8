package dev.leat.trigger.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.trigger.file.FileRoots.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListingTest {

    @TempDir Path folder;
    private Path root;
    private FileRoots roots;

    @BeforeEach
    void a_root() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectories(folder.resolve("outside/deep"));
        Files.writeString(folder.resolve("outside/secret.csv"), "x");
        roots = new FileRoots(List.of(folder.resolve("not-there"), root));
    }

    @Test
    void without_roots_nobody_may_look_anywhere() {
        assertUnusable(new FileRoots(List.of()), root.toString(), "no-file-roots");
    }

    @Test
    void a_folder_outside_the_roots_is_refused_however_it_is_written() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("outside"));
        for (var path :
                List.of(
                        folder.resolve("outside").toString(),
                        root + "/../outside",
                        root + "/out",
                        root + "/out/deep",
                        folder.toString(),
                        "/")) {
            assertUnusable(roots, path, "outside-file-roots");
        }
        for (var path : List.of("", root + "/nope", root + "\0", folder + "/outside/secret.csv")) {
            assertThatThrownBy(() -> roots.resolve(path)).isInstanceOf(Unusable.class);
        }
    }

    @Test
    void a_root_that_only_begins_the_same_is_another() throws IOException {
        Files.createDirectory(folder.resolve("root-two"));
        assertUnusable(roots, folder.resolve("root-two").toString(), "outside-file-roots");
    }

    @Test
    void the_files_that_match_are_found_with_those_in_folders() throws Exception {
        write("a.csv");
        write("b.txt");
        write("in/c.csv");
        write("in/deeper/d.csv");
        assertThat(files("*.csv")).containsExactlyInAnyOrder("a.csv");
        assertThat(files("**/*.csv"))
                .containsExactlyInAnyOrder("a.csv", "in/c.csv", "in/deeper/d.csv");
        assertThat(files("**")).hasSize(4);
        assertThat(files("in/*.{csv,txt}")).containsExactlyInAnyOrder("in/c.csv");
    }

    @Test
    void what_is_hidden_is_no_file_yet() throws Exception {
        write(".a.csv.part");
        write(".in/a.csv");
        assertThat(files("**")).isEmpty();
    }

    @Test
    void a_link_counts_where_it_stays_within_the_root() throws Exception {
        write("in/a.csv");
        Files.createSymbolicLink(root.resolve("good.csv"), Path.of("in/a.csv"));
        Files.createSymbolicLink(root.resolve("bad.csv"), folder.resolve("outside/secret.csv"));
        Files.createSymbolicLink(root.resolve("nothing.csv"), folder.resolve("nothing"));
        Files.createSymbolicLink(root.resolve("loop"), root);
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("outside"));
        assertThat(files("**")).containsExactlyInAnyOrder("good.csv", "in/a.csv");
    }

    @Test
    void too_many_files_are_told_and_not_half_of_them_listed() throws IOException {
        for (int number = 0; number < 4; number++) {
            write(number + ".csv");
        }
        assertThatThrownBy(
                        () ->
                                FolderListing.of(
                                        roots.resolve(root.toString()),
                                        FolderListing.glob("**"),
                                        3))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("most-files");
    }

    @Test
    void a_glob_that_cannot_be_read_says_so() {
        assertThatThrownBy(() -> FolderListing.glob("{a,")).isInstanceOf(Unusable.class);
    }

    private Set<String> files(String glob) throws Exception {
        return FolderListing.of(roots.resolve(root.toString()), FolderListing.glob(glob), 100)
                .keySet();
    }

    private void write(String path) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
    }

    private static void assertUnusable(FileRoots roots, String path, String code) {
        assertThatThrownBy(() -> roots.resolve(path))
                .isInstanceOfSatisfying(Unusable.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

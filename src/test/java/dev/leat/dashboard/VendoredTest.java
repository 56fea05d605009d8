package dev.leat.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What others have written is what its lock says, with its licence beside it.
class VendoredTest {

    private static final Path EDITOR = Path.of("src/main/editor");
    private static final Path ASSETS = Path.of("src/main/resources/META-INF/resources/assets");

    @Test
    void each_file_is_the_one_that_the_lock_names() throws Exception {
        assertThat(entries()).hasSizeGreaterThan(10);
        for (var entry : entries()) {
            assertThat(entry[5]).as(entry[0]).isEqualTo(hash(ASSETS.resolve(entry[4])));
        }
    }

    @Test
    void each_package_has_its_licence_there() throws IOException {
        var licences = Files.readString(ASSETS.resolve("codemirror-licences.txt"));
        for (var entry : entries()) {
            assertThat(entry[3]).as(entry[0]).isEqualTo("MIT");
            assertThat(licences).contains("\n" + entry[0] + " " + entry[1] + "\n");
        }
    }

    @Test
    void the_packages_are_those_of_the_npm_lock_which_names_no_host() throws IOException {
        var lock = Files.readString(EDITOR.resolve("package-lock.json"));
        assertThat(lock).doesNotContain("\"resolved\"", "://");
        for (var entry : entries()) {
            assertThat(lock).contains("node_modules/" + entry[0] + "\"", entry[2]);
        }
    }

    private static List<String[]> entries() throws IOException {
        return Files.readAllLines(EDITOR.resolve("vendor.lock")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", -1))
                .toList();
    }

    private static String hash(Path file) throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }
}

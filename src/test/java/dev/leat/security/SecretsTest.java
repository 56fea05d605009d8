package dev.leat.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String CANARY = "S3cr3t-0b7e";

    @TempDir Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Path directory;
    private Secrets secrets;

    @BeforeEach
    void a_mounted_folder() throws IOException {
        directory = Files.createDirectory(folder.resolve("secrets"));
        secrets = new Secrets(directory, environment::get);
    }

    @Test
    void a_file_is_a_secret_without_its_last_line_break() throws IOException {
        write("github", CANARY + "\n");
        write("windows", CANARY + "\r\n");
        write("lines", "a\nb\n\n");
        assertThat(value("github")).contains(CANARY);
        assertThat(value("windows")).contains(CANARY);
        assertThat(value("lines")).contains("a\nb\n");
    }

    @Test
    void a_changed_file_counts_at_once() throws IOException {
        write("github", "old");
        assertThat(value("github")).contains("old");
        write("github", "new");
        assertThat(value("github")).contains("new");
        Files.delete(directory.resolve("github"));
        assertThat(value("github")).isEmpty();
    }

    @Test
    void a_variable_counts_where_there_is_no_file() throws IOException {
        environment.put("LEAT_SECRET_GITHUB_ORDERS_2", "of the environment");
        assertThat(value("github.orders-2")).contains("of the environment");
        write("github.orders-2", "of the file");
        assertThat(value("github.orders-2")).contains("of the file");
    }

    @Test
    void nothing_is_no_secret() throws IOException {
        write("empty", "\n");
        environment.put("LEAT_SECRET_BLANK", "");
        assertThat(value("empty")).isEmpty();
        assertThat(value("blank")).isEmpty();
        assertThat(new Secrets(null, name -> null).find("any")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../outside",
                "..\\outside",
                "/etc/passwd",
                "a/b",
                ".hidden",
                "a\0b",
                "a b",
                "ä",
                "a\n"
            })
    void a_name_leads_nowhere_else(String name) throws IOException {
        Files.writeString(folder.resolve("outside"), CANARY);
        write(".hidden", CANARY);
        Files.createDirectory(directory.resolve("a"));
        write("a/b", CANARY);
        assertThat(value(name)).isEmpty();
        assertThat(secrets.find("x".repeat(101))).isEmpty();
    }

    @Test
    void a_link_counts_only_within_the_folder() throws IOException {
        Files.writeString(folder.resolve("outside"), CANARY);
        Files.createSymbolicLink(directory.resolve("out"), folder.resolve("outside"));
        Files.createDirectory(directory.resolve("..2026_11_27"));
        write("..2026_11_27/github", CANARY);
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_11_27"));
        Files.createSymbolicLink(directory.resolve("github"), Path.of("..data/github"));
        assertThat(value("out")).isEmpty();
        assertThat(value("github")).contains(CANARY);
    }

    @Test
    void what_is_not_text_or_is_too_large_is_no_secret() throws IOException {
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
        write("large", "x".repeat(64 * 1024 + 1));
        assertThat(value("binary")).isEmpty();
        assertThat(value("large")).isEmpty();
    }

    @Test
    void its_text_shows_nothing() throws IOException {
        write("github", CANARY);
        var secret = secrets.find("github").orElseThrow();
        assertThat(secret.toString() + Optional.of(secret) + secret.hashCode())
                .doesNotContain(CANARY);
        assertThat(secret).isEqualTo(new Secret(CANARY)).isNotEqualTo(new Secret("x"));
    }

    private Optional<String> value(String name) {
        return secrets.find(name).map(secret -> new String(secret.reveal(), UTF_8));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}

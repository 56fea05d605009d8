package dev.leat.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Secrets by their names: those that are files in `leat.secrets.directory`, and then those in the
/// environment as `LEAT_SECRET_<NAME>`. They are looked up each time, so that a changed file counts
/// at once, and are kept nowhere.
@ApplicationScoped
public class Secrets {

    private static final Logger LOG = Logger.getLogger(Secrets.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String VARIABLE = "LEAT_SECRET_";
    private static final int LARGEST = 64 * 1024;

    private final @Nullable Path directory;
    private final UnaryOperator<@Nullable String> environment;

    @Inject
    Secrets(SecretsConfig config) {
        this(config.directory().orElse(null), System::getenv);
    }

    Secrets(@Nullable Path directory, UnaryOperator<@Nullable String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /// For a program that isn't a server, and has the environment alone.
    public static Secrets ofEnvironment() {
        var directory = System.getenv("LEAT_SECRETS_DIRECTORY");
        return new Secrets(directory == null ? null : Path.of(directory), System::getenv);
    }

    /// Nothing where there is none of that name, where it is empty, or where no secret could be
    /// called so.
    public Optional<Secret> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return file(name)
                .or(() -> Optional.ofNullable(environment.apply(variable(name))))
                .filter(value -> !value.isEmpty())
                .map(Secret::new);
    }

    /// The environment variable of a secret.
    static String variable(String name) {
        return VARIABLE + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private Optional<String> file(String name) {
        if (directory == null) {
            return Optional.empty();
        }
        try {
            var file = within(directory, name);
            return file == null ? Optional.empty() : Optional.of(read(file));
        } catch (CharacterCodingException _) {
            LOG.errorf("The secret '%s' can't be used: its file is not UTF-8 text.", name);
        } catch (IOException e) {
            // The message names the file at most, never what is in it.
            LOG.errorf("The secret '%s' can't be read: %s", name, e.toString());
        }
        return Optional.empty();
    }

    /// Kubernetes mounts links that lead to files beside them; none may lead out of the folder.
    private static @Nullable Path within(Path directory, String name) throws IOException {
        var file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        var real = file.toRealPath();
        if (!real.startsWith(directory.toRealPath())) {
            throw new IOException("it leads out of leat.secrets.directory");
        }
        return real;
    }

    private static String read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw new IOException("it is larger than %d bytes".formatted(LARGEST));
        }
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}

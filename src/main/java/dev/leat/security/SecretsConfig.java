package dev.leat.security;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where secrets come from.
@ConfigMapping(prefix = "leat.secrets")
interface SecretsConfig {

    /// A folder with one file for each secret, as Docker and Kubernetes mount them: the file's name
    /// is the secret's. A secret that isn't there is looked for in the environment.
    Optional<Path> directory();
}

package dev.leat.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Where Python is, past the scripts that choose among several and take longer than what they
/// start.
final class Python {

    private Python() {}

    static Path folder() {
        try {
            var process =
                    new ProcessBuilder("python3", "-IS", "-c", "import sys; print(sys.executable)")
                            .start();
            var path = new String(process.getInputStream().readAllBytes()).strip();
            return Path.of(path).toRealPath().getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

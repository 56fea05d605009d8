package dev.leat.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// Reads the version that the build has written down.
final class Version implements IVersionProvider {

    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {"leat " + text()};
    }

    static String text() {
        var properties = new Properties();
        try (var in = Version.class.getResourceAsStream("/leat-version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException _) {
            // as good as missing
        }
        return properties.getProperty("version", "unknown");
    }
}

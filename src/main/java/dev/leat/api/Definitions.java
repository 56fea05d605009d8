package dev.leat.api;

import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemKind;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Workflow texts in requests.
final class Definitions {

    private static final String NAME = "request";

    private Definitions() {}

    static Source source(byte @Nullable [] body, HttpHeaders headers) {
        var text = JsonBody.text(body);
        if (text.isBlank()) {
            throw new HttpRefusal(
                    ProblemKind.BAD_REQUEST, "The body is empty; it must be a workflow.");
        }
        var type = headers.getMediaType();
        var yaml = type != null && type.getSubtype().toLowerCase(Locale.ROOT).endsWith("yaml");
        return new Source(text, yaml ? Format.YAML : Format.JSON, NAME);
    }

    static Source source(String text, @Nullable String format) {
        if (format == null) {
            var json = text.stripLeading().startsWith("{");
            return new Source(text, json ? Format.JSON : Format.YAML, NAME);
        }
        return switch (format.toUpperCase(Locale.ROOT)) {
            case "JSON" -> new Source(text, Format.JSON, NAME);
            case "YAML" -> new Source(text, Format.YAML, NAME);
            default ->
                    throw new HttpRefusal(
                            ProblemKind.BAD_REQUEST,
                            "'%s' is no format; there are json and yaml.".formatted(format));
        };
    }
}

package dev.leat.dashboard;

import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// A graph as an SVG file that needs no style sheet: for documents, slides and tickets.
@TemplateExtension
final class GraphFile {

    private GraphFile() {}

    /// @param name of the file, without its ending
    static Response of(GraphView graph, String name) {
        return Response.ok(new svg(graph).render(), "image/svg+xml")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s.svg\""
                                .formatted(name.replaceAll("[^A-Za-z0-9._-]", "-")))
                .build();
    }

    /// The colour of a state on white paper: the light theme's.
    static String ink(Mark mark) {
        return switch (mark.css()) {
            case "success" -> "#137042";
            case "failed", "timed-out", "upstream-failed", "unknown" -> "#b4231f";
            case "running" -> "#1c4fd1";
            case "retrying" -> "#8a4d00";
            case "waiting", "paused" -> "#6a30b0";
            default -> "#566173";
        };
    }

    /// The colour of a line that leaves a box.
    static String ink(GraphView.Edge edge) {
        return switch (edge.css()) {
            case "success" -> "#137042";
            case "failed", "timed-out" -> "#b4231f";
            default -> "#8a94a3";
        };
    }

    record svg(GraphView graph) implements TemplateInstance {}
}

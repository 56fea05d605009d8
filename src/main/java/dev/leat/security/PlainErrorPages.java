package dev.leat.security;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/// Needs nothing, so that it works when nothing else does.
@ApplicationScoped
@DefaultBean
class PlainErrorPages implements ErrorPages {

    @Override
    public String page(ProblemDetail problem, String path) {
        var title = problem.status() + " " + problem.title();
        var reference = problem.instance() == null ? "" : paragraph(problem.instance());
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%s</title></head>
        <body><main><h1>%s</h1>%s%s<p><a href="/">Back to the start</a></p></main></body>
        </html>
        """
                .formatted(escaped(title), escaped(title), paragraph(problem.detail()), reference);
    }

    private static String paragraph(String text) {
        return "<p>" + escaped(text) + "</p>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

package dev.leat.dashboard;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// A page that is no plain 200.
final class Answer {

    static final int FORBIDDEN = 403;
    static final int CONFLICT = 409;
    static final int UNPROCESSABLE = 422;

    private Answer() {}

    static Response of(int status, TemplateInstance page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(page.render())
                .build();
    }
}

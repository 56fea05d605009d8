package dev.leat.security;

import java.util.Arrays;
import java.util.Locale;

/// The kinds of refusal that an answer can name. `docs/spec/07-rest.md` lists them.
public enum ProblemKind {
    BAD_REQUEST(400, "Bad request"),
    PATH_NOT_CANONICAL(400, "Path not canonical"),
    UNAUTHORIZED(401, "Unauthorized"),
    FOREIGN_ORIGIN(403, "Foreign origin"),
    UNKNOWN_FORM(403, "Unknown form"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    TIMEOUT(408, "Request took too long"),
    CONFLICT(409, "Conflict"),
    CHANGED_MEANWHILE(412, "Changed meanwhile"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    UNKNOWN_HOST(421, "Unknown host"),
    INVALID(422, "Invalid"),
    HEADERS_TOO_LARGE(431, "Headers too large"),
    FAILED(500, "Failed"),
    UNAVAILABLE(503, "Unavailable");

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// The URI that programs compare.
    public String type() {
        return "urn:leat:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The general kind for a status that something else than Leat has chosen.
    static ProblemKind ofStatus(int status) {
        return Arrays.stream(values())
                .filter(
                        kind ->
                                kind.status == status
                                        && kind != PATH_NOT_CANONICAL
                                        && kind != FOREIGN_ORIGIN
                                        && kind != UNKNOWN_FORM)
                .findFirst()
                .orElse(status >= 500 ? FAILED : BAD_REQUEST);
    }
}

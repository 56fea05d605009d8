package dev.leat.security;

import dev.leat.store.database.Failure;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Says what an exception means for whoever asked. Nobody is shown a stack trace; a bug is logged
/// here, once, under the name that its answer carries.
@ApplicationScoped
class Problems {

    private static final Logger LOG = Logger.getLogger("dev.leat.requests");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /// While the database is away nobody made a mistake: it is a "not now" as any other.
    Throwable meaning(Throwable failure) {
        return Failure.behind(failure)
                .<Throwable>map(
                        away -> {
                            LOG.warnf("The database doesn't answer: %s", away.message());
                            return new Refusal.Unavailable(
                                    "The database can't be asked at the moment.", RETRY_AFTER);
                        })
                .orElse(failure);
    }

    ProblemDetail of(Throwable failure, String request) {
        return switch (failure) {
            case Refusal refusal -> of(refusal);
            case HttpRefusal refusal -> refusal.detail();
            case WebApplicationException e when e.getResponse().getStatus() < 500 ->
                    framework(e.getResponse().getStatus());
            // The framework counts a body that doesn't say its length while it is read.
            case IOException e when "Request too large".equals(e.getMessage()) ->
                    framework(ProblemKind.TOO_LARGE.status());
            default -> bug(failure, request);
        };
    }

    private static ProblemDetail of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NotFound _ -> ProblemDetail.of(ProblemKind.NOT_FOUND, refusal.sentence());
            case Refusal.Invalid invalid ->
                    ProblemDetail.of(ProblemKind.INVALID, refusal.sentence(), invalid.problems());
            case Refusal.Forbidden _ -> ProblemDetail.of(ProblemKind.FORBIDDEN, refusal.sentence());
            case Refusal.Conflict _ -> ProblemDetail.of(ProblemKind.CONFLICT, refusal.sentence());
            case Refusal.Unavailable _ ->
                    ProblemDetail.of(ProblemKind.UNAVAILABLE, refusal.sentence());
        };
    }

    /// What the framework refuses before a door hears of it; its own messages name classes.
    ProblemDetail framework(int status) {
        var kind = ProblemKind.ofStatus(status);
        return ProblemDetail.of(
                kind,
                switch (kind) {
                    case NOT_FOUND -> "There is nothing at this address.";
                    case METHOD_NOT_ALLOWED ->
                            "There is something at this address, but nothing that does what the"
                                    + " method asks for.";
                    case NOT_ACCEPTABLE ->
                            "This address can't answer in any of the types that the header Accept"
                                    + " names.";
                    case UNSUPPORTED_MEDIA_TYPE ->
                            "This address can't read a body of the type that the header"
                                    + " Content-Type names.";
                    case TOO_LARGE -> "The body is larger than this server takes.";
                    case HEADERS_TOO_LARGE -> "The headers are larger than this server takes.";
                    case TIMEOUT -> "The request took too long to arrive.";
                    default -> "The request can't be understood.";
                });
    }

    private static ProblemDetail bug(Throwable failure, String request) {
        var name = "urn:uuid:" + UUID.randomUUID();
        LOG.errorf(failure, "%s failed (%s)", request, name);
        return new ProblemDetail(
                ProblemKind.FAILED.type(),
                ProblemKind.FAILED.title(),
                ProblemKind.FAILED.status(),
                "Something went wrong that shouldn't. The server's log says more under the name"
                        + " that `instance` gives.",
                name,
                java.util.List.of());
    }
}

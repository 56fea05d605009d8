package dev.leat.api;

import dev.leat.engine.MainOrchestrator;
import dev.leat.task.Durations;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/signals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Signals", description = "Events that tasks of type `waitFor` wait for.")
@RunOnVirtualThread
class SignalResource {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int LONGEST_KEY = 1_000;

    private final MainOrchestrator orchestrator;

    SignalResource(MainOrchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @POST
    @Path("/{signal}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "sendSignal",
            summary = "Tell all tasks that wait for this signal",
            description = "Where none does, it is kept for the first that will.")
    @APIResponse(responseCode = "202", description = "It is delivered or kept, and on disk.")
    @APIResponse(responseCode = "422", description = "No signal can have this name or body.")
    @RequestBody(content = @Content(schema = @Schema(implementation = SignalBody.class)))
    public Response send(
            String signal,
            @HeaderParam("Leat-Client") @Nullable String client,
            byte @Nullable [] bytes) {
        var body = JsonBody.read(bytes, Set.of("key", "payload", "keep", "by"));
        if (!NAME.matcher(signal).matches()) {
            body.wrongType("signal", "letters, digits, dots, hyphens and underscores, at most 100");
        }
        var key = key(body);
        var keep = keep(body);
        var by = body.text("by");
        body.check();
        var sender = by == null ? "cli".equals(client) ? "cli" : "api" : by;
        var delivered = orchestrator.signal(signal, key, body.value("payload"), sender, keep);
        return Response.accepted(new Sent(signal, key, delivered, delivered == 0)).build();
    }

    /// As tasks have it: numbers and truths become text.
    private static String key(JsonBody body) {
        var key = body.value("key");
        var fits =
                key == null
                        || key instanceof String text && text.length() <= LONGEST_KEY
                        || key instanceof Number
                        || key instanceof Boolean;
        if (!fits) {
            body.wrongType("key", "text of at most 1,000 characters, a number or a truth");
        }
        return key == null ? "" : key.toString();
    }

    private static Duration keep(JsonBody body) {
        var text = body.text("keep");
        try {
            var keep = text == null ? Duration.ofDays(1) : Durations.parse(text);
            if (keep.compareTo(LONGEST) <= 0) {
                return keep;
            }
        } catch (IllegalArgumentException notOne) {
            // Said below.
        }
        body.wrongType("keep", "a duration of at most 365d, such as 12h or 7d");
        return LONGEST;
    }

    /// @param kept whether it is kept, because nobody waits for it yet
    @RegisterForReflection
    @Schema(name = "SentSignal")
    record Sent(String signal, String key, int delivered, boolean kept) {}

    @RegisterForReflection
    @Schema(name = "Signal")
    record SignalBody(
            @Schema(description = "Which of the signals of that name.") String key,
            @Schema(description = "Any JSON: the output of those who wait.") Object payload,
            @Schema(description = "How long it is kept where nobody waits; `1d` if left out.")
                    String keep,
            @Schema(description = "Who sends it.") String by) {}
}

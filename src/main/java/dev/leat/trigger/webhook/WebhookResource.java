package dev.leat.trigger.webhook;

import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Triggers;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec.Webhook;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Where other systems tell of what happened there. How many are dealt with at once is bounded, so
/// that a burst of them takes no memory from the rest.
@Path("/hooks/{workflow}/{trigger}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks", description = "Triggers of type `webhook`.")
@RunOnVirtualThread
class WebhookResource {

    private static final Duration LATER = Duration.ofMinutes(1);

    private final Triggers triggers;
    private final Receiver receiver;
    private final Turnstile turnstile;
    private final boolean enabled;

    WebhookResource(
            Triggers triggers,
            Receiver receiver,
            WebhookConfig config,
            @ConfigProperty(name = "leat.triggers.enabled", defaultValue = "true")
                    boolean enabled) {
        this.triggers = triggers;
        this.receiver = receiver;
        this.turnstile = new Turnstile(config.atOnce(), config.patience());
        this.enabled = enabled;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "deliverWebhook",
            summary = "Tell a workflow's webhook of something",
            description =
                    "Signed as the trigger's `signature` says. A delivery that came before, by its"
                            + " id or by the trigger's `dedupeKey`, is answered with the run that it"
                            + " started then.")
    @APIResponse(responseCode = "202", description = "A run is on disk; Location says where.")
    @APIResponse(
            responseCode = "200",
            description =
                    "A replay; or the run has succeeded, where the trigger waits for it; or no run"
                            + " was to be started, and the answer says why.",
            content = @Content(schema = @Schema(implementation = WebhookAnswer.class)))
    @APIResponse(responseCode = "401", description = "The signature is wrong, missing or too old.")
    @APIResponse(responseCode = "404", description = "No enabled webhook is at this address.")
    @APIResponse(responseCode = "413", description = "The body is larger than the trigger takes.")
    @APIResponse(
            responseCode = "422",
            description = "Another body under the same delivery id, or inputs that don't fit.")
    @APIResponse(responseCode = "502", description = "The run was waited for, and didn't succeed.")
    @APIResponse(responseCode = "503", description = "Not now; Retry-After says when.")
    @RequestBody(content = @Content(mediaType = "*/*"))
    public Response deliver(
            String workflow,
            String trigger,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Nullable InputStream body)
            throws IOException, InterruptedException {
        refuseWhereSwitchedOff();
        return receiver.answer(
                turnstile.pass(() -> received(workflow, trigger, headers, uri, body)));
    }

    private void refuseWhereSwitchedOff() {
        if (!enabled) {
            throw new Refusal.Unavailable("This server has its triggers switched off.", LATER);
        }
    }

    private Receiver.Received received(
            String workflow,
            String trigger,
            HttpHeaders headers,
            UriInfo uri,
            @Nullable InputStream body)
            throws IOException {
        var armed = armed(workflow, trigger);
        var webhook = (Webhook) armed.spec().kind();
        var bytes =
                WebhookBody.read(
                        headers.getHeaderString(HttpHeaders.CONTENT_LENGTH),
                        body == null ? InputStream.nullInputStream() : body,
                        webhook.maxBodyBytes());
        return receiver.receive(
                armed,
                new Receiver.Sent(
                        headers::getHeaderString,
                        all(headers),
                        query(uri),
                        headers.getHeaderString(HttpHeaders.CONTENT_TYPE),
                        bytes));
    }

    /// The same answer whether there is no workflow, no trigger, another kind of trigger or one
    /// that is switched off.
    private Armed armed(String workflow, String trigger) {
        return triggers.find(workflow, trigger)
                .filter(armed -> armed.spec().kind() instanceof Webhook && armed.spec().enabled())
                .orElseThrow(() -> new Refusal.NotFound("There is no webhook at this address."));
    }

    private static Map<String, String> all(HttpHeaders headers) {
        var all = new LinkedHashMap<String, String>();
        headers.getRequestHeaders()
                .forEach((name, values) -> all.put(name, String.join(", ", values)));
        return all;
    }

    private static Map<String, @Nullable Object> query(UriInfo uri) {
        var query = uri.getRequestUri().getRawQuery();
        return query == null ? Map.of() : WebhookBody.form(query);
    }
}

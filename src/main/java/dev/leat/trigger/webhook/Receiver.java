package dev.leat.trigger.webhook;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Fired;
import dev.leat.engine.firing.Fires;
import dev.leat.engine.firing.Slot;
import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemKind;
import dev.leat.security.Secret;
import dev.leat.security.Secrets;
import dev.leat.store.Fire;
import dev.leat.store.Ids;
import dev.leat.store.Json;
import dev.leat.store.Run;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.task.Refusal;
import dev.leat.workflow.TriggerSpec.Signature;
import dev.leat.workflow.TriggerSpec.Webhook;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Has the trigger fire for a delivery, once its sender has proved who it is.
@ApplicationScoped
class Receiver {

    private static final Logger LOG = Logger.getLogger(Receiver.class);
    private static final Duration UNTIL_SECRETS_COME = Duration.ofSeconds(60);
    private static final String CHALLENGE = "challenge";

    private final Secrets secrets;
    private final Fires fires;
    private final MainOrchestrator orchestrator;
    private final RunStore runs;
    private final WebhookConfig config;
    private final InstantSource clock;

    Receiver(
            Secrets secrets,
            Fires fires,
            MainOrchestrator orchestrator,
            RunStore runs,
            WebhookConfig config,
            InstantSource clock) {
        this.secrets = secrets;
        this.fires = fires;
        this.orchestrator = orchestrator;
        this.runs = runs;
        this.config = config;
        this.clock = clock;
    }

    /// @param header one by its name, in whatever case
    /// @param type of the body, as the header says it
    record Sent(
            UnaryOperator<@Nullable String> header,
            Map<String, String> headers,
            Map<String, @Nullable Object> query,
            @Nullable String type,
            byte[] body) {}

    sealed interface Received {
        /// Slack asks whether the address is the right one.
        record Challenged(String challenge) implements Received {}

        /// There is none yet, or none will be.
        record NoRun(Fire.State state, String reason, boolean replayed) implements Received {}

        record Started(long run, boolean replayed, Duration patience) implements Received {}
    }

    /// When this returns, what came of it is on disk.
    ///
    /// @throws HttpRefusal where the sender can't prove who it is, or the body can't be read
    /// @throws Refusal where no run can be started
    Received receive(Armed armed, Sent sent) {
        var webhook = (Webhook) armed.spec().kind();
        var proof =
                new Signatures(webhook.signature(), webhook.tolerance(), secrets(armed, webhook))
                        .check(sent.header(), sent.body(), clock.instant());
        return switch (proof) {
            case Proof.Refused(var why) -> throw new HttpRefusal(ProblemKind.UNAUTHORIZED, why);
            case Proof.Genuine genuine -> genuine(armed, webhook, sent, genuine);
        };
    }

    private Received genuine(Armed armed, Webhook webhook, Sent sent, Proof.Genuine proof) {
        var value = WebhookBody.value(sent.type(), sent.body());
        if (webhook.signature() == Signature.SLACK
                && value instanceof Map<?, ?> body
                && "url_verification".equals(body.get("type"))
                && body.get(CHALLENGE) instanceof String challenge) {
            return new Received.Challenged(challenge);
        }
        var now = clock.instant();
        var delivery =
                Delivery.of(
                        proof,
                        sent.headers(),
                        sent.query(),
                        sent.body(),
                        value,
                        webhook.dedupeKey(),
                        now);
        var fired = fires.fire(armed, new Slot(delivery.key(), now, delivery.facts()));
        return received(fired, delivery, patience(webhook));
    }

    private Received received(Fired fired, Delivery delivery, Duration patience) {
        var fire = fired.fire();
        var reason = fire.reason() == null ? "" : fire.reason();
        return switch (fire.state()) {
            case STARTED, CATCH_UP -> {
                long run = Objects.requireNonNull(fire.run());
                if (fired.replayed() && delivery.bound()) {
                    refuseOtherBody(run, delivery);
                }
                yield new Received.Started(run, fired.replayed(), patience);
            }
            case SKIPPED -> new Received.NoRun(fire.state(), reason, fired.replayed());
            case DUE, HELD -> new Received.NoRun(fire.state(), reason, fired.replayed());
            case MISSED ->
                    throw new Refusal.Invalid("No run could be started: " + reason, List.of());
        };
    }

    /// One that isn't there doesn't keep the others from counting: they are being changed.
    private List<Secret> secrets(Armed armed, Webhook webhook) {
        if (webhook.signature() == Signature.NONE) {
            return List.of();
        }
        var found =
                webhook.secrets().stream().map(secrets::find).flatMap(Optional::stream).toList();
        tell(armed, found.isEmpty() ? noSecret(webhook.secrets()) : null);
        if (found.isEmpty()) {
            throw new Refusal.Unavailable(
                    "This webhook can't tell who may ask, as its secret isn't there.",
                    UNTIL_SECRETS_COME);
        }
        return found;
    }

    private static String noSecret(List<String> names) {
        return "There is no secret '%s': neither a file in leat.secrets.directory nor a variable."
                .formatted(String.join("', '", names));
    }

    /// Once, however often somebody asks.
    private static void tell(Armed armed, @Nullable String trouble) {
        if (!Objects.equals(trouble, armed.trouble())) {
            armed.trouble(trouble);
            if (trouble != null) {
                LOG.errorf(
                        "Webhook '%s' of '%s' can't be asked: %s",
                        armed.id(), armed.workflow(), trouble);
            }
        }
    }

    private void refuseOtherBody(long run, Delivery delivery) {
        var same =
                runs.run(run)
                        .map(first -> Json.readObjectToShow(first.triggerFacts))
                        .map(facts -> facts.get(Delivery.HASH))
                        .filter(hash -> !hash.equals(delivery.facts().get(Delivery.HASH)))
                        .isEmpty();
        if (!same) {
            throw new Refusal.Invalid(
                    "Run %s was started by a delivery with the same id and another body."
                            .formatted(Ids.text(run)),
                    List.of());
        }
    }

    private Duration patience(Webhook webhook) {
        var asked = webhook.answerWithin();
        return asked.compareTo(config.longestWait()) > 0 ? config.longestWait() : asked;
    }

    /// Waits for the run where the trigger says so.
    Response answer(Received received) {
        return switch (received) {
            case Received.Challenged(var challenge) ->
                    Response.ok(Map.of(CHALLENGE, challenge)).build();
            case Received.NoRun none ->
                    replayed(
                                    Response.status(none.state().ended() ? 200 : 202)
                                            .entity(
                                                    WebhookAnswer.none(
                                                            none.state(), none.reason())),
                                    none.replayed())
                            .build();
            case Received.Started started -> answer(started);
        };
    }

    private Response answer(Received.Started started) {
        var waits = started.patience().isPositive();
        if (waits) {
            orchestrator.await(started.run(), started.patience());
        }
        var run = runs.run(started.run()).orElseThrow();
        var answer =
                Response.status(status(run.state, started.replayed(), waits))
                        .header(HttpHeaders.LOCATION, "/api/runs/" + Ids.text(run.id))
                        .entity(WebhookAnswer.of(Ids.text(run.id), run.state, outputs(run, waits)));
        return replayed(answer, started.replayed()).build();
    }

    private static Response.ResponseBuilder replayed(
            Response.ResponseBuilder answer, boolean replayed) {
        return replayed ? answer.header("Idempotent-Replayed", "true") : answer;
    }

    /// A sender that waits and hears of no success may take that as any other failure.
    private static int status(RunState state, boolean replayed, boolean waits) {
        if (waits && state.terminal()) {
            return state == RunState.SUCCESS ? 200 : 502;
        }
        return replayed ? 200 : 202;
    }

    private static @Nullable Map<String, @Nullable Object> outputs(Run run, boolean waits) {
        var outputs = run.outputs;
        return waits && run.state == RunState.SUCCESS && outputs != null
                ? Json.readObjectToShow(outputs)
                : null;
    }
}

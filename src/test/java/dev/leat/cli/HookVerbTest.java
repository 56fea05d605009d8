package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.security.TestSecrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The signatures were computed by other programs: they stand in the documentation of Standard
/// Webhooks, GitHub and Slack.
class HookVerbTest {

    private static final Instant THEN = Instant.ofEpochSecond(1_614_265_330);

    @Test
    void a_delivery_is_signed_as_standard_webhooks_says() {
        var command = command(HookCommand.Style.standard, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        command.id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        assertThat(headers(command, "{\"test\": 2432232314}"))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry(
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
                .containsEntry("Content-Type", "application/json");
    }

    @Test
    void a_delivery_is_signed_as_github_does() {
        var command = command(HookCommand.Style.github, "It's a Secret to Everybody");
        command.headers.put("X-GitHub-Event", "push");
        assertThat(headers(command, "Hello, World!"))
                .containsEntry(
                        "X-Hub-Signature-256",
                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
                .containsEntry("X-GitHub-Event", "push")
                .containsKey("X-GitHub-Delivery");
    }

    @Test
    void without_a_signature_and_a_body_there_is_only_an_id() {
        var command = command(HookCommand.Style.none, "unused");
        command.id = "k";
        assertThat(headers(command, "")).isEqualTo(Map.of("Idempotency-Key", "k"));
    }

    @Test
    void without_the_name_of_a_secret_nothing_is_signed() {
        var command = new HookCommand();
        assertThatThrownBy(() -> HookVerb.headers(command, new byte[0], THEN, name -> null))
                .isInstanceOf(Sources.Unreadable.class)
                .hasMessageContaining("--secret");
        command.secret = "orders";
        assertThatThrownBy(() -> HookVerb.headers(command, new byte[0], THEN, name -> null))
                .isInstanceOf(Sources.Unreadable.class)
                .hasMessageContaining("'orders'");
    }

    @Test
    void what_is_printed_is_one_word_to_a_shell() {
        assertThat(HookVerb.curl("http://x/hooks/a/b", Map.of("A", "it's $HOME"), "{'a'}"))
                .isEqualTo(
                        """
                        curl -i -X POST 'http://x/hooks/a/b' \\
                          -H 'A: it'\\''s $HOME' \\
                          --data-binary '{'\\''a'\\''}'""");
    }

    private static HookCommand command(HookCommand.Style style, String secret) {
        var command = new HookCommand();
        command.signature = style;
        command.secret = secret;
        return command;
    }

    /// A secret's name is its value here.
    private static Map<String, String> headers(HookCommand command, String body) {
        return HookVerb.headers(
                command, body.getBytes(StandardCharsets.UTF_8), THEN, TestSecrets::secret);
    }
}

package dev.leat.trigger.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.security.TestSecrets;
import dev.leat.workflow.TriggerSpec.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The signatures here were computed by other programs: those of Standard Webhooks, GitHub and
/// Slack stand in their documentation.
class SignaturesTest {

    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String STANDARD_BODY = "{\"test\": 2432232314}";
    private static final String STANDARD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant THEN = Instant.ofEpochSecond(1_614_265_330);

    private static final String SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final Instant SLACK_THEN = Instant.ofEpochSecond(1_531_420_618);
    private static final String SLACK =
            "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private static final String SLACK_BODY =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                    + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect"
                    + "&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
                    + "%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static final String GITHUB_SECRET = "It's a Secret to Everybody";
    private static final String GITHUB =
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    @Test
    void the_example_of_standard_webhooks_is_genuine() {
        assertThat(standard(STANDARD, THEN, WHSEC))
                .isEqualTo(new Proof.Genuine("msg_p5jXN8AQM9LWM0D4loKWxJek", true));
    }

    @Test
    void a_secret_without_the_prefix_is_base64_or_itself() {
        assertThat(standard(STANDARD, THEN, WHSEC.substring("whsec_".length())))
                .isInstanceOf(Proof.Genuine.class);
        var bytes = new byte[256];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) at;
        }
        var headers =
                headers(
                        "webhook-id", "msg_1",
                        "webhook-timestamp", "1700000000",
                        "webhook-signature", "v1,yG+d+Rt9C/UqIY6LX8irnVDAhP0/M0cQtPNMIGxo8L8=");
        assertThat(
                        signatures(Signature.STANDARD, "plain text")
                                .check(headers::get, bytes, Instant.ofEpochSecond(1_700_000_000)))
                .isInstanceOf(Proof.Genuine.class);
    }

    @Test
    void one_of_several_signatures_and_one_of_several_secrets_suffices() {
        assertThat(standard("v1a,abc v1,AAAA " + STANDARD, THEN, WHSEC))
                .isInstanceOf(Proof.Genuine.class);
        assertThat(standard(STANDARD, THEN, "another", WHSEC)).isInstanceOf(Proof.Genuine.class);
        assertThat(standard(STANDARD, THEN, WHSEC, "another")).isInstanceOf(Proof.Genuine.class);
        assertRefused(standard(STANDARD, THEN, "another", "whsec_AAAA"), "doesn't match");
        assertRefused(standard(STANDARD, THEN), "doesn't match");
    }

    @ParameterizedTest
    @CsvSource({"-300, true", "300, true", "-301, false", "301, false"})
    void a_signature_counts_for_five_minutes_both_ways(long seconds, boolean counts) {
        var proof = standard(STANDARD, THEN.plusSeconds(seconds), WHSEC);
        if (counts) {
            assertThat(proof).isInstanceOf(Proof.Genuine.class);
        } else {
            assertRefused(proof, seconds < 0 ? "ahead" : "older than 300 s");
        }
    }

    @Test
    void an_old_signature_that_is_wrong_is_only_wrong() {
        assertRefused(standard("v1,AAAA", THEN.plusSeconds(999), WHSEC), "doesn't match");
    }

    @Test
    void any_altered_byte_is_noticed() {
        var body = STANDARD_BODY.getBytes(StandardCharsets.UTF_8);
        var headers = standardHeaders(STANDARD);
        for (int at = 0; at < body.length; at++) {
            var altered = body.clone();
            altered[at] ^= 1;
            assertRefused(
                    signatures(Signature.STANDARD, WHSEC).check(headers::get, altered, THEN),
                    "doesn't match");
        }
        headers.put("webhook-timestamp", "1614265331");
        assertRefused(
                signatures(Signature.STANDARD, WHSEC).check(headers::get, body, THEN),
                "doesn't match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "v1,",
                "v1,%%%",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1A==",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OEAAAA=",
                "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            })
    void a_signature_of_another_form_is_none(String signature) {
        assertRefused(standard(signature, THEN, WHSEC), "");
    }

    /// Else "msg.1" at 2 would be as good as "msg" at "1.2".
    @ParameterizedTest
    @ValueSource(strings = {"msg.1", "a b", ""})
    void an_id_that_could_be_read_twice_is_refused(String id) {
        var headers = standardHeaders(STANDARD);
        headers.put("webhook-id", id);
        assertRefused(
                signatures(Signature.STANDARD, WHSEC).check(headers::get, new byte[0], THEN),
                "Standard Webhooks");
    }

    @Test
    void the_example_of_github_is_genuine_and_another_is_not() {
        assertThat(github(GITHUB, GITHUB_SECRET)).isEqualTo(new Proof.Genuine("72d3162e", true));
        assertThat(github(GITHUB, "old", GITHUB_SECRET)).isInstanceOf(Proof.Genuine.class);
        assertRefused(github(GITHUB, "another"), "doesn't match");
        assertRefused(github(GITHUB.replace('7', '8'), GITHUB_SECRET), "doesn't match");
        assertRefused(github("sha1=" + GITHUB.substring(7), GITHUB_SECRET), "needed");
        assertRefused(github(GITHUB + "00", GITHUB_SECRET), "needed");
    }

    @Test
    void the_example_of_slack_is_genuine_for_five_minutes() {
        assertThat(slack(SLACK, SLACK_THEN, SLACK_SECRET))
                .isEqualTo(new Proof.Genuine(SLACK.substring(3), false));
        assertThat(slack(SLACK, SLACK_THEN.plusSeconds(300), SLACK_SECRET))
                .isInstanceOf(Proof.Genuine.class);
        assertRefused(slack(SLACK, SLACK_THEN.plusSeconds(301), SLACK_SECRET), "older");
        assertRefused(slack(SLACK, SLACK_THEN, "another"), "doesn't match");
        assertRefused(slack(SLACK.replace('2', '3'), SLACK_THEN, SLACK_SECRET), "doesn't match");
        assertRefused(slack("v0=", SLACK_THEN, SLACK_SECRET), "needed");
    }

    @Test
    void a_bearer_token_is_the_secret_itself() {
        assertThat(bearer("Bearer of-tidings", "of-tidings"))
                .isEqualTo(new Proof.Genuine(null, false));
        assertThat(bearer("bearer of-tidings", "x", "of-tidings"))
                .isInstanceOf(Proof.Genuine.class);
        for (var header : new String[] {"Bearer of-tiding", "Bearer of-tidingss", "Bearer "}) {
            assertRefused(bearer(header, "of-tidings"), "doesn't match");
        }
        assertRefused(bearer("Basic b2YtdGlkaW5ncw==", "of-tidings"), "needed");
        assertRefused(bearer("of-tidings", "of-tidings"), "needed");
    }

    @Test
    void without_a_delivery_id_an_idempotency_key_is_one() {
        var headers = headers("Authorization", "Bearer x", "Idempotency-Key", "k-1");
        assertThat(
                        signatures(Signature.BEARER, "x")
                                .check(headers::get, new byte[0], Instant.EPOCH))
                .isEqualTo(new Proof.Genuine("k-1", true));
        assertThat(signatures(Signature.NONE).check(headers::get, new byte[0], Instant.EPOCH))
                .isEqualTo(new Proof.Genuine("k-1", true));
    }

    private static Proof standard(String signature, Instant now, String... secrets) {
        return signatures(Signature.STANDARD, secrets)
                .check(
                        standardHeaders(signature)::get,
                        STANDARD_BODY.getBytes(StandardCharsets.UTF_8),
                        now);
    }

    private static TreeMap<String, String> standardHeaders(String signature) {
        return headers(
                "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp", "1614265330",
                "webhook-signature", signature);
    }

    private static Proof github(String signature, String... secrets) {
        var headers = headers("X-Hub-Signature-256", signature, "X-GitHub-Delivery", "72d3162e");
        return signatures(Signature.GITHUB, secrets)
                .check(
                        headers::get,
                        "Hello, World!".getBytes(StandardCharsets.UTF_8),
                        Instant.EPOCH);
    }

    private static Proof slack(String signature, Instant now, String... secrets) {
        var headers =
                headers("X-Slack-Signature", signature, "X-Slack-Request-Timestamp", "1531420618");
        return signatures(Signature.SLACK, secrets)
                .check(headers::get, SLACK_BODY.getBytes(StandardCharsets.UTF_8), now);
    }

    private static Proof bearer(String header, String... secrets) {
        return signatures(Signature.BEARER, secrets)
                .check(headers("Authorization", header)::get, new byte[0], Instant.EPOCH);
    }

    private static Signatures signatures(Signature style, String... secrets) {
        return new Signatures(
                style,
                Duration.ofMinutes(5),
                Arrays.stream(secrets).map(TestSecrets::secret).toList());
    }

    private static TreeMap<String, String> headers(String... pairs) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (int at = 0; at < pairs.length; at += 2) {
            headers.put(pairs[at], pairs[at + 1]);
        }
        return headers;
    }

    private static void assertRefused(Proof proof, String why) {
        assertThat(proof)
                .isInstanceOfSatisfying(
                        Proof.Refused.class, refused -> assertThat(refused.why()).contains(why));
    }
}

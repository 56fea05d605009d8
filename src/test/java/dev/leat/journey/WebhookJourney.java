package dev.leat.journey;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.SecretsResource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// docs/spec/31-webhooks.md, through the doors.
abstract class WebhookJourney {

    private static final String BODY = "{\"order\": 4711, \"note\": \"a\"}";

    @Test
    void a_signed_delivery_starts_a_run_with_what_it_carries() throws Exception {
        hook("h-right", STANDARD);
        var answer = standard("h-right", "msg_1").send();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.replayed()).isFalse();
        assertThat(answer.header("Location")).isEqualTo("/api/runs/" + answer.text("run"));
        var run = Door.ended(answer.text("run"));
        assertThat(run.getString("state")).isEqualTo("SUCCESS");
        assertThat(run.getString("trigger")).isEqualTo("webhook");
        assertThat(run.getInt("outputs.told.order")).isEqualTo(4711);
        assertThat(run.getString("triggerFacts.deliveryId")).isEqualTo("msg_1");
    }

    @Test
    void a_wrong_a_missing_and_an_old_signature_start_nothing() throws Exception {
        hook("h-wrong", STANDARD);
        var wrong =
                Sender.to("h-wrong/told")
                        .standard("msg_1", Instant.now(), "orders-next", BODY)
                        .send();
        var altered = standard("h-wrong", "msg_1").json(BODY + " ").send();
        var missing = Sender.to("h-wrong/told").json(BODY).send();
        for (var answer : List.of(wrong, altered, missing)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("type")).isEqualTo("urn:leat:problem:unauthorized");
            assertThat(answer.header("WWW-Authenticate")).isNotEmpty();
        }
        assertThat(wrong.text("detail"))
                .isEqualTo(altered.text("detail"))
                .contains("doesn't match");
        for (var at : List.of(Instant.now().minusSeconds(310), Instant.now().plusSeconds(310))) {
            var late = Sender.to("h-wrong/told").standard("msg_1", at, "orders", BODY).send();
            assertThat(late.status()).isEqualTo(401);
            assertThat(late.text("detail")).containsAnyOf("older than 300 s", "further ahead");
        }
        assertThat(runs("h-wrong")).isEmpty();
    }

    @Test
    void a_replay_is_answered_with_the_first_run() throws Exception {
        hook("h-replay", STANDARD);
        var first = standard("h-replay", "msg_1").send();
        var again = standard("h-replay", "msg_1").send();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.replayed()).isTrue();
        assertThat(again.text("run")).isEqualTo(first.text("run"));
        assertThat(standard("h-replay", "msg_2").send().status()).isEqualTo(202);
        assertThat(runs("h-replay")).hasSize(2);
    }

    @Test
    void a_replay_counts_after_the_workflow_has_changed() throws Exception {
        hook("h-changed", STANDARD);
        var first = standard("h-changed", "msg_1").send();
        hook("h-changed", STANDARD + ", \"labels\": {\"new\": \"yes\"}");
        var again = standard("h-changed", "msg_1").send();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("run")).isEqualTo(first.text("run"));
    }

    @Test
    void another_body_under_the_same_id_is_refused() throws Exception {
        hook("h-other", STANDARD);
        standard("h-other", "msg_1").send();
        var other =
                Sender.to("h-other/told").standard("msg_1", Instant.now(), "orders", "{}").send();
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("detail")).contains("same id and another body");
        assertThat(runs("h-other")).hasSize(1);
    }

    @Test
    void a_hundred_equal_deliveries_at_once_start_one_run() throws Exception {
        hook("h-hundred", STANDARD);
        var requests = new ArrayList<Callable<Sender.Answer>>();
        for (int number = 0; number < 100; number++) {
            requests.add(() -> standard("h-hundred", "msg_1").send());
        }
        var ids = new HashSet<String>();
        int fresh = 0;
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get().status()).isEqualTo(answer.get().replayed() ? 200 : 202);
                fresh += answer.get().replayed() ? 0 : 1;
                ids.add(answer.get().text("run"));
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(fresh).isEqualTo(1);
        assertThat(runs("h-hundred")).hasSize(1);
    }

    /// Each is taken once, or told to come again.
    @Test
    void a_thousand_deliveries_at_once_lose_nothing() throws Exception {
        hook("h-burst", STANDARD);
        var requests = new ArrayList<Callable<Sender.Answer>>();
        for (int number = 0; number < 1000; number++) {
            var id = "msg_" + number;
            requests.add(() -> standard("h-burst", id).send());
        }
        var taken = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(100)) {
            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get().status()).isIn(202, 503);
                if (answer.get().status() == 202) {
                    assertThat(taken.add(answer.get().text("run"))).isTrue();
                } else {
                    assertThat(answer.get().header("Retry-After")).isNotEmpty();
                }
            }
        }
        assertThat(taken).isNotEmpty();
        assertThat(allRuns("h-burst")).isEqualTo(taken);
    }

    @Test
    void one_of_two_secrets_suffices_while_they_are_changed() throws Exception {
        hook("h-rotate", "\"secret\": [\"not-there\", \"orders\", \"orders-next\"]");
        for (var secret : List.of("orders", "orders-next")) {
            var answer =
                    Sender.to("h-rotate/told")
                            .standard("msg_" + secret, Instant.now(), secret, BODY)
                            .send();
            assertThat(answer.status()).as(secret).isEqualTo(202);
        }
    }

    @Test
    void a_secret_that_is_not_there_is_no_fault_of_the_sender() throws Exception {
        hook("h-nosecret", "\"secret\": \"not-there\"");
        var answer = standard("h-nosecret", "msg_1").send();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.http().body()).doesNotContain("not-there");
    }

    @Test
    void github_signs_in_its_own_way() throws Exception {
        hook("h-github", "\"secret\": \"github\", \"signature\": \"github\"");
        var first = Sender.to("h-github/told").github("d-1", "push", BODY).send();
        assertThat(first.status()).isEqualTo(202);
        var run = Door.ended(first.text("run"));
        assertThat(run.getString("outputs.event")).isEqualTo("push");
        var again = Sender.to("h-github/told").github("d-1", "push", BODY).send();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("run")).isEqualTo(first.text("run"));
        var wrong = Sender.to("h-github/told").github("d-2", "push", BODY).json(BODY + " ").send();
        assertThat(wrong.status()).isEqualTo(401);
        var old = Sender.to("h-github/told").json(BODY).header("X-Hub-Signature", "sha1=00").send();
        assertThat(old.status()).isEqualTo(401);
        assertThat(runs("h-github")).hasSize(1);
    }

    @Test
    void slack_signs_in_its_own_way_and_asks_first() throws Exception {
        hook("h-slack", "\"secret\": \"slack\", \"signature\": \"slack\"");
        var challenge =
                slack(
                                "h-slack",
                                Instant.now(),
                                "{\"type\": \"url_verification\", \"challenge\": \"3eZb\"}")
                        .send();
        assertThat(challenge.status()).isEqualTo(200);
        assertThat(challenge.text("challenge")).isEqualTo("3eZb");
        var now = Instant.now();
        var first = slack("h-slack", now, BODY).send();
        assertThat(first.status()).isEqualTo(202);
        var again = slack("h-slack", now, BODY).send();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.replayed()).isTrue();
        assertThat(slack("h-slack", now, BODY).json("{}").send().status()).isEqualTo(401);
        var old = slack("h-slack", now.minusSeconds(400), BODY).send();
        assertThat(old.status()).isEqualTo(401);
        assertThat(old.text("detail")).contains("older than 300 s");
        var unsigned =
                Sender.to("h-slack/told")
                        .json("{\"type\": \"url_verification\", \"challenge\": \"3eZb\"}")
                        .send();
        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(runs("h-slack")).hasSize(1);
    }

    @Test
    void a_form_is_an_object_of_texts() throws Exception {
        hook("h-form", "\"secret\": \"slack\", \"signature\": \"slack\"");
        var answer =
                Sender.to("h-form/told")
                        .slack(
                                Instant.now(),
                                "application/x-www-form-urlencoded",
                                "command=%2Fdeploy&text=a+b&tag=1&tag=2&%C3%BC=%E2%82%AC&empty")
                        .send();
        var run = Door.ended(answer.text("run"));
        assertThat(run.<Map<String, Object>>get("outputs.told"))
                .isEqualTo(
                        Map.of(
                                "command", "/deploy",
                                "text", "a b",
                                "tag", List.of("1", "2"),
                                "ü", "€",
                                "empty", ""));
    }

    @Test
    void a_bearer_token_may_do_and_an_idempotency_key_tells_deliveries_apart() throws Exception {
        hook("h-bearer", BEARER);
        assertThat(bearer("h-bearer").json("[1]").send().status()).isEqualTo(202);
        assertThat(bearer("h-bearer").json("[1]").send().status()).isEqualTo(202);
        assertThat(
                        Sender.to("h-bearer/told")
                                .header("Authorization", "Bearer S3cr3t")
                                .send()
                                .status())
                .isEqualTo(401);
        var first = bearer("h-bearer").header("Idempotency-Key", "k").json("[1]").send();
        var again = bearer("h-bearer").header("Idempotency-Key", "k").json("[1]").send();
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("run")).isEqualTo(first.text("run"));
        assertThat(bearer("h-bearer").header("Idempotency-Key", "k").json("[2]").send().status())
                .isEqualTo(422);
        assertThat(runs("h-bearer")).hasSize(3);
    }

    @Test
    void equal_values_of_the_dedupe_key_start_one_run() throws Exception {
        hook("h-dedupe", STANDARD + ", \"dedupeKey\": \"${ trigger.body.order }\"");
        var first = standard("h-dedupe", "msg_1").send();
        var same =
                Sender.to("h-dedupe/told")
                        .standard("msg_2", Instant.now(), "orders", "{\"order\": 4711}")
                        .send();
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.text("run")).isEqualTo(first.text("run"));
        var other =
                Sender.to("h-dedupe/told")
                        .standard("msg_3", Instant.now(), "orders", "{\"order\": 4712}")
                        .send();
        assertThat(other.status()).isEqualTo(202);
        var without =
                Sender.to("h-dedupe/told").standard("msg_4", Instant.now(), "orders", "{}").send();
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.text("detail")).contains("dedupeKey");
        assertThat(runs("h-dedupe")).hasSize(2);
    }

    @Test
    void what_a_delivery_carries_is_never_evaluated() throws Exception {
        hook("h-data", BEARER);
        var body = "{\"${ run.id }\": \"${ 1 + 1 } $${ x }\", \"shell\": \"$(touch /tmp/x) `id`\"}";
        var answer = bearer("h-data").header("X-GitHub-Event", "${ 1 + 1 }").json(body).send();
        var run = Door.ended(answer.text("run"));
        assertThat(run.getString("state")).isEqualTo("SUCCESS");
        assertThat(run.<Map<String, Object>>get("outputs.told"))
                .isEqualTo(
                        Map.of(
                                "${ run.id }", "${ 1 + 1 } $${ x }",
                                "shell", "$(touch /tmp/x) `id`"));
        assertThat(run.getString("outputs.event")).isEqualTo("${ 1 + 1 }");
    }

    @Test
    void what_proves_who_sends_is_kept_nowhere() throws Exception {
        hook("h-hidden", BEARER);
        var answer =
                bearer("h-hidden")
                        .header("Cookie", "session=S3cr3t-c")
                        .header("X-Gitlab-Token", "S3cr3t-t")
                        .header("X-Some-Signature", "S3cr3t-s")
                        .header("X-Api-Key", "S3cr3t-k")
                        .header("X-Shown", "yes")
                        .json(BODY)
                        .send();
        var shown = given().get("/api/runs/" + answer.text("run")).asString();
        assertThat(shown).contains("x-shown").doesNotContain("S3cr3t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"a\": | 400",
                "application/json | {\"a\": 1, \"a\": 2} | 400",
                "application/vnd.github+json | [1] | 202",
                "text/plain; charset=utf-8 | hello | 202",
                "text/plain; charset=iso-8859-1 | hello | 415",
                "application/octet-stream | hello | 202",
                "multipart/form-data; boundary=x | hello | 415",
                "application/x-www-form-urlencoded | a=%zz | 400"
            })
    void a_body_is_what_its_type_says(String type, String body, int status) throws Exception {
        hook("h-types", BEARER);
        var answer =
                bearer("h-types").header("Content-Type", type).body(body.getBytes(UTF_8)).send();
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void text_is_text_nothing_is_null_and_what_is_neither_is_refused() throws Exception {
        hook("h-text", BEARER);
        var text = bearer("h-text").header("Content-Type", "text/plain").body("ü".getBytes(UTF_8));
        assertThat(Door.ended(text.send().text("run")).getString("outputs.told")).isEqualTo("ü");
        assertThat(
                        Door.ended(bearer("h-text").send().text("run"))
                                .<Map<String, Object>>get("outputs"))
                .containsEntry("told", null);
        var binary = new byte[] {(byte) 0xff, (byte) 0xfe, 0};
        assertThat(bearer("h-text").body(binary).send().status()).isEqualTo(400);
        var deep = "[".repeat(500) + "]".repeat(500);
        assertThat(bearer("h-text").json(deep).send().status()).isEqualTo(400);
    }

    @Test
    void a_body_that_is_too_large_is_not_read() throws Exception {
        hook("h-large", BEARER + ", \"maxBodyBytes\": 1000");
        var large = new byte[10 * 1024 * 1024];
        assertThat(isRefused(bearer("h-large").body(large))).isTrue();
        assertThat(bearer("h-large").body(new byte[1001]).send().status()).isEqualTo(413);
        assertThat(
                        isRefused(
                                bearer("h-large")
                                        .body(
                                                BodyPublishers.ofInputStream(
                                                        () ->
                                                                new ByteArrayInputStream(
                                                                        new byte[500_000])))))
                .isTrue();
        var fits = "x".repeat(1000).getBytes(UTF_8);
        assertThat(
                        bearer("h-large")
                                .header("Content-Type", "text/plain")
                                .body(fits)
                                .send()
                                .status())
                .isEqualTo(202);
        assertThat(runs("h-large")).hasSize(1);
    }

    /// The server hangs up on a body that it doesn't read; whoever still sends it then may never
    /// see the answer.
    private static boolean isRefused(Sender large) throws InterruptedException {
        try {
            return large.send().status() == 413;
        } catch (IOException hungUp) {
            return true;
        }
    }

    @Test
    void who_waits_gets_the_outputs() throws Exception {
        hook("h-wait", BEARER + ", \"wait\": \"30s\"");
        var answer = bearer("h-wait").header("Idempotency-Key", "k").json(BODY).send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("state")).isEqualTo("SUCCESS");
        assertThat(answer.text("outputs")).contains("order=4711");
        var again = bearer("h-wait").header("Idempotency-Key", "k").json(BODY).send();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.replayed()).isTrue();
        assertThat(again.body()).isEqualTo(answer.body());
    }

    @Test
    void who_waits_for_a_run_that_fails_hears_of_no_success() throws Exception {
        Door.save(
                """
                {"id": "h-fail", "tasks": [{"id": "a", "type": "fail", "with": {"message": "S3cr3t-why"}}],
                 "triggers": [{"id": "told", "type": "webhook", %s, "wait": "30s"}]}"""
                        .formatted(BEARER));
        var answer = bearer("h-fail").send();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text("state")).isEqualTo("FAILED");
        assertThat(answer.http().body()).doesNotContain("S3cr3t-why");
    }

    @Test
    void who_waits_in_vain_is_told_where_to_look() throws Exception {
        Door.save(
                """
                {"id": "h-slow", "tasks": [{"id": "a", "type": "approval", "with": {"title": "?"}}],
                 "triggers": [{"id": "told", "type": "webhook", %s, "wait": "50ms"}]}"""
                        .formatted(BEARER));
        var answer = bearer("h-slow").send();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isNotEmpty();
        Door.cancel(answer.text("run"));
    }

    @Test
    void inputs_that_do_not_fit_start_nothing() throws Exception {
        Door.save(
                """
                {"id": "h-inputs", "inputs": {"properties": {"count": {"type": "integer"}}, "required": ["count"]},
                 "tasks": [{"id": "a", "type": "noop"}],
                 "triggers": [{"id": "told", "type": "webhook", %s, "inputs": {"count": "${ trigger.body.count }"}}]}"""
                        .formatted(BEARER));
        assertThat(bearer("h-inputs").json("{\"count\": \"many\"}").send().status()).isEqualTo(422);
        assertThat(bearer("h-inputs").json("{}").send().status()).isEqualTo(422);
        assertThat(bearer("h-inputs").json("{\"count\": 2}").send().status()).isEqualTo(202);
        assertThat(runs("h-inputs")).hasSize(1);
    }

    @Test
    void nothing_shows_which_workflows_there_are() throws Exception {
        Door.save(
                """
                {"id": "h-others", "tasks": [{"id": "a", "type": "noop"}], "triggers": [
                  {"id": "off", "type": "webhook", "secret": "orders", "enabled": false},
                  {"id": "night", "type": "cron", "cron": "0 2 * * *", "enabled": false}]}""");
        var answers = new HashSet<String>();
        for (var path :
                List.of(
                        "h-others/off",
                        "h-others/night",
                        "h-others/none",
                        "h-none/told",
                        "x.y/z")) {
            var answer = Sender.to(path).standard("m", Instant.now(), "orders", BODY).send();
            assertThat(answer.status()).as(path).isEqualTo(404);
            answers.add(answer.http().body());
        }
        assertThat(answers).hasSize(1);
    }

    @Test
    void a_namespace_is_part_of_the_address() throws Exception {
        Door.save(
                """
                {"id": "paid", "namespace": "sales.eu", "tasks": [{"id": "a", "type": "noop"}],
                 "triggers": [{"id": "told", "type": "webhook", %s}]}"""
                        .formatted(BEARER));
        assertThat(bearer("sales.eu.paid").send().status()).isEqualTo(202);
        assertThat(bearer("paid").send().status()).isEqualTo(404);
    }

    @Test
    void a_page_of_another_site_tells_nothing_even_where_nobody_signs() throws Exception {
        hook("h-open", "\"signature\": \"none\"");
        assertThat(Sender.to("h-open/told").json(BODY).send().status()).isEqualTo(202);
        var page = Sender.to("h-open/told").header("Origin", "http://evil.example").send();
        assertThat(page.status()).isEqualTo(403);
        var site = Sender.to("h-open/told").header("Sec-Fetch-Site", "cross-site").send();
        assertThat(site.status()).isEqualTo(403);
        given().get("/hooks/h-open/told").then().statusCode(405);
    }

    private static final String STANDARD = "\"secret\": \"orders\"";
    private static final String BEARER = "\"secret\": \"tidings\", \"signature\": \"bearer\"";

    private static void hook(String id, String keys) {
        Door.save(
                """
                {"id": "%s", "inputs": {"properties": {"told": {}, "event": {}}},
                 "tasks": [{"id": "keep", "type": "transform", "with": {"value": "${ inputs.told }"}}],
                 "outputs": {"told": "${ tasks.keep.output }", "event": "${ inputs.event }"},
                 "triggers": [{"id": "told", "type": "webhook", %s,
                   "inputs": {"told": "${ trigger.body }", "event": "${ trigger.headers[?'x-github-event'].orValue('') }"}}]}"""
                        .formatted(id, keys));
    }

    private static Sender standard(String workflow, String id) {
        return Sender.to(workflow + "/told").standard(id, Instant.now(), "orders", BODY);
    }

    private static Sender slack(String workflow, Instant at, String body) {
        return Sender.to(workflow + "/told").slack(at, "application/json", body);
    }

    private static Sender bearer(String workflow) {
        return Sender.to(workflow + "/told")
                .header("Authorization", "Bearer " + SecretsResource.SECRETS.get("tidings"));
    }

    private static HashSet<String> allRuns(String workflow) {
        var all = new HashSet<String>();
        var next = "/api/runs?limit=500&workflow=" + workflow;
        while (next != null) {
            var page = given().get(next).jsonPath();
            all.addAll(page.getList("runs.id", String.class));
            next = page.getString("next");
        }
        return all;
    }

    private static List<String> runs(String workflow) {
        return given().get("/api/runs?workflow=" + workflow + "&limit=200")
                .jsonPath()
                .getList("runs.id");
    }
}

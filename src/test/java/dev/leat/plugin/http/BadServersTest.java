package dev.leat.plugin.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.task.TaskError;
import dev.leat.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What other servers can do to a client, from endless bodies to circles of redirects.
@Timeout(60)
class BadServersTest {

    private static final int LARGEST = 100_000;

    private final OutboundHttp http = TestHttp.open();

    @Test
    void an_endless_body_is_cut_off() throws Exception {
        try (var server =
                new RawServer(
                        (_, out) -> {
                            out.write(
                                    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
                                            .getBytes(ISO_8859_1));
                            while (true) {
                                out.write(new byte[10_000]);
                            }
                        })) {
            var error = failure(server.url());
            assertThat(error.code()).isEqualTo("http.body-too-large");
            assertThat(error.message())
                    .contains("longer than 100000 bytes")
                    .contains("maxBodySize");
            assertThat(error.retryable()).isFalse();
        }
    }

    @Test
    void endless_headers_are_cut_off() throws Exception {
        try (var server =
                new RawServer(
                        (_, out) -> {
                            out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
                            while (true) {
                                out.write("X-More: and more\r\n".getBytes(ISO_8859_1));
                            }
                        })) {
            assertThat(failure(server.url()).code()).isEqualTo("http.connect");
        }
    }

    @Test
    void a_gzip_bomb_does_not_go_off() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            for (int at = 0; at < 50; at++) {
                gzip.write(new byte[1_000_000]);
            }
        }
        assertThat(packed.size()).isLessThan(LARGEST);
        try (var server = gzipped(packed.toByteArray())) {
            assertThat(failure(server.url()).code()).isEqualTo("http.body-too-large");
        }
    }

    @Test
    void a_packed_answer_is_unpacked() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("hello".getBytes(ISO_8859_1));
        }
        try (var server = gzipped(packed.toByteArray())) {
            assertThat(new String(send(server.url(), Duration.ofSeconds(10)).body(), ISO_8859_1))
                    .isEqualTo("hello");
        }
    }

    @Test
    void what_only_claims_to_be_packed_is_a_failure() throws Exception {
        try (var server = gzipped("plain".getBytes(ISO_8859_1))) {
            assertThat(failure(server.url()).code()).isEqualTo("http.incomplete");
        }
    }

    @Test
    void a_server_that_never_answers_is_left_after_the_timeout() throws Exception {
        var hold = new CountDownLatch(1);
        try (var server = new RawServer((_, _) -> await(hold))) {
            var error = failure(server.url(), Duration.ofMillis(200));
            assertThat(error.code()).isEqualTo("http.timeout");
            assertThat(error.message()).endsWith("didn't answer within 200 ms.");
            assertThat(error.retryable()).isTrue();
        } finally {
            hold.countDown();
        }
    }

    @Test
    void a_server_that_drips_is_left_after_the_timeout() throws Exception {
        try (var server =
                new RawServer(
                        (_, out) -> {
                            out.write(
                                    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                                            .getBytes(ISO_8859_1));
                            while (true) {
                                out.write('.');
                                out.flush();
                                pause();
                            }
                        })) {
            assertThat(failure(server.url(), Duration.ofMillis(500)).code())
                    .isEqualTo("http.timeout");
        }
    }

    @Test
    void an_answer_shorter_than_it_said_is_incomplete() throws Exception {
        try (var server =
                RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")) {
            var error = failure(server.url());
            assertThat(error.code()).isEqualTo("http.incomplete");
            assertThat(error.retryable()).isTrue();
        }
    }

    @Test
    void an_answer_longer_than_it_said_ends_where_it_said() throws Exception {
        try (var server =
                RawServer.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 500 Smuggled\r\n\r\n")) {
            var answer = send(server.url(), Duration.ofSeconds(10));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.body(), ISO_8859_1)).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\n"})
    void what_is_no_answer_is_a_failure_that_may_pass(String answer) throws Exception {
        try (var server = RawServer.answering(answer)) {
            var error = failure(server.url());
            assertThat(error.code()).isEqualTo("http.connect");
            assertThat(error.retryable()).isTrue();
        }
    }

    @Test
    void nobody_listening_is_a_failure_that_may_pass() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var error = failure("http://127.0.0.1:" + port);
        assertThat(error.code()).isEqualTo("http.connect");
        assertThat(error.retryable()).isTrue();
        assertThat(error.causes()).isNotEmpty();
    }

    @Test
    void no_such_host_is_a_failure_that_may_pass() {
        var error = failure("http://no-such-host.invalid/");
        assertThat(error.code()).isEqualTo("http.connect");
        assertThat(error.message()).isEqualTo("There is no host named 'no-such-host.invalid'.");
    }

    @Test
    void a_circle_of_redirects_is_left_after_five() throws Exception {
        try (var server = RawServer.answering(redirect(302, "/again"))) {
            var error = failure(server.url());
            assertThat(error.code()).isEqualTo("http.redirect");
            assertThat(error.retryable()).isFalse();
            assertThat(server.requests()).hasSize(6);
        }
    }

    @Test
    void a_circle_of_slow_redirects_ends_with_the_timeout_of_the_whole() throws Exception {
        try (var server =
                new RawServer(
                        (_, out) -> {
                            pause();
                            pause();
                            out.write(redirect(302, "/again").getBytes(ISO_8859_1));
                        })) {
            assertThat(failure(server.url(), Duration.ofMillis(150)).code())
                    .isEqualTo("http.timeout");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://metadata.google.internal/"
            })
    void a_redirect_to_a_metadata_service_is_not_followed(String location) throws Exception {
        try (var server = RawServer.answering(redirect(302, location))) {
            assertThat(failure(server.url()).code()).isEqualTo("http.address");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://example.com/", "http://user:pw@127.0.0.1/"})
    void a_redirect_to_what_is_no_http_address_is_not_followed(String location) throws Exception {
        try (var server = RawServer.answering(redirect(302, location))) {
            assertThat(failure(server.url()).code()).isEqualTo("http.url");
        }
    }

    @Test
    void another_server_does_not_see_what_was_meant_for_the_first() throws Exception {
        try (var other = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var first = RawServer.answering(redirect(307, other.url() + "/stolen"))) {
            var secrets =
                    Map.of(
                            "Authorization", "Bearer canary",
                            "Cookie", "session=canary",
                            "X-Api-Key", "canary",
                            "Accept", "text/plain");
            http.send(request(first.url(), secrets, Duration.ofSeconds(10)));
            assertThat(first.requests().getFirst()).contains("canary");
            assertThat(other.requests().getFirst())
                    .startsWith("GET /stolen ")
                    .doesNotContain("canary")
                    .containsIgnoringCase("Accept: text/plain");
        }
    }

    @Test
    void the_same_server_sees_it_again() throws Exception {
        try (var server =
                new RawServer(
                        (head, out) ->
                                out.write(
                                        (head.startsWith("GET /next ")
                                                        ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                                        : redirect(302, "/next"))
                                                .getBytes(ISO_8859_1)))) {
            http.send(
                    request(
                            server.url(),
                            Map.of("Authorization", "Bearer canary"),
                            Duration.ofSeconds(10)));
            assertThat(server.requests()).hasSize(2).allMatch(head -> head.contains("canary"));
        }
    }

    @Test
    void an_interrupt_ends_a_request() throws Exception {
        var asked = new CountDownLatch(1);
        var hold = new CountDownLatch(1);
        try (var server =
                new RawServer(
                        (_, _) -> {
                            asked.countDown();
                            await(hold);
                        })) {
            var end = new FutureTask<>(() -> send(server.url(), Duration.ofMinutes(5)));
            var thread = Thread.ofVirtual().start(end);
            asked.await();
            thread.interrupt();
            assertThatThrownBy(end::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        } finally {
            hold.countDown();
        }
    }

    @Test
    void the_server_is_told_the_name_and_not_the_address() throws Exception {
        try (var server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            var byName = server.url().replace("127.0.0.1", "localhost");
            assertThat(send(byName, Duration.ofSeconds(10)).status()).isEqualTo(200);
            assertThat(server.requests().getFirst()).containsIgnoringCase("Host: localhost:");
        }
    }

    private static RawServer gzipped(byte[] body) throws IOException {
        return new RawServer(
                (_, out) -> {
                    var head =
                            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(body.length);
                    out.write(head.getBytes(ISO_8859_1));
                    out.write(body);
                });
    }

    private static String redirect(int status, String location) {
        return "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                .formatted(status, location);
    }

    private OutboundAnswer send(String url, Duration timeout) throws Exception {
        return http.send(request(url, Map.of(), timeout));
    }

    private static OutboundRequest request(
            String url, Map<String, String> headers, Duration timeout) {
        return new OutboundRequest("GET", url, headers, new byte[0], timeout, true, LARGEST);
    }

    private TaskError failure(String url) {
        return failure(url, Duration.ofSeconds(10));
    }

    private TaskError failure(String url, Duration timeout) {
        var thrown = catchThrowableOfType(OutboundFailure.class, () -> send(url, timeout));
        assertThat(thrown).isNotNull();
        return thrown.error();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// This server is slow; the test doesn't wait for it.
    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

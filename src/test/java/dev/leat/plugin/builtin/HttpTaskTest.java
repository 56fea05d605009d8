package dev.leat.plugin.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.leat.plugin.http.TestHttp;
import dev.leat.store.Json;
import dev.leat.task.LogKind;
import dev.leat.task.Outcome;
import dev.leat.task.TaskError;
import dev.leat.testing.RecordedAttempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The `http` task against a real server that behaves.
@Timeout(60)
class HttpTaskTest {

    private final HttpTask http = new HttpTask(TestHttp.open());
    private final HttpServer server;
    private final String url;

    HttpTaskTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/echo", HttpTaskTest::echo);
        server.createContext("/status/", HttpTaskTest::status);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void an_answer_is_status_headers_and_body() throws Exception {
        server.createContext(
                "/orders", exchange -> answer(exchange, 200, "application/json", "[{\"id\": 1}]"));
        assertThat(output(Map.of("url", url + "/orders")))
                .containsEntry("status", 200L)
                .containsEntry("body", List.of(Map.of("id", 1L)))
                .containsEntry("url", url + "/orders")
                .containsKey("durationMs")
                .extractingByKey("headers")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("content-type", "application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json; charset=utf-8 | {\"a\":1} | {a=1}",
                "application/problem+json        | {\"a\":1} | {a=1}",
                "text/plain                      | {\"a\":1} | {\"a\":1}",
                "text/html; charset=\"utf-8\"    | <p>ü</p>  | <p>ü</p>",
                "application/octet-stream        | plain     | plain"
            })
    void the_content_type_says_how_the_body_is_read(String type, String sent, String read)
            throws Exception {
        server.createContext("/typed", exchange -> answer(exchange, 200, type, sent));
        assertThat(output(Map.of("url", url + "/typed")).get("body")).asString().isEqualTo(read);
    }

    @Test
    void what_is_no_text_comes_in_base64_and_no_body_is_null() throws Exception {
        server.createContext(
                "/image", exchange -> answer(exchange, 200, "image/png", new byte[] {-1, -2, 0}));
        assertThat(output(Map.of("url", url + "/image"))).containsEntry("body", "//4A");
        assertThat(output(Map.of("url", url + "/status/204"))).containsEntry("body", null);
        assertThat(output(Map.of("url", url + "/image", "method", "HEAD")))
                .containsEntry("body", null);
    }

    @Test
    void json_that_is_none_is_a_failure() throws Exception {
        server.createContext("/lie", exchange -> answer(exchange, 200, "application/json", "<p>"));
        var error = failure(Map.of("url", url + "/lie"));
        assertThat(error.code()).isEqualTo("http.invalid-json");
        assertThat(error.message()).contains("/lie says that its answer is JSON");
    }

    @Test
    void query_values_are_encoded() throws Exception {
        var query = new LinkedHashMap<String, @Nullable Object>();
        query.put("q", "a b&c=d+ü#");
        query.put("n", 3L);
        query.put("ids", List.of(1L, 2L));
        query.put("none", null);
        var echo = echoed(Map.of("url", url + "/echo?first=1#part", "query", query));
        assertThat(echo)
                .containsEntry("query", "first=1&q=a%20b%26c%3Dd%2B%C3%BC%23&n=3&ids=1&ids=2");
    }

    @Test
    void a_body_is_sent_as_json_as_text_or_as_a_form() throws Exception {
        assertThat(echoed(Map.of("url", url + "/echo", "method", "PUT", "body", Map.of("a", 1L))))
                .containsEntry("body", "{\"a\":1}")
                .containsEntry("content-type", "application/json");
        assertThat(echoed(Map.of("url", url + "/echo", "method", "PUT", "body", "a=1")))
                .containsEntry("body", "a=1")
                .containsEntry("content-type", "text/plain; charset=utf-8");
        assertThat(
                        echoed(
                                Map.of(
                                        "url",
                                        url + "/echo",
                                        "method",
                                        "PUT",
                                        "form",
                                        Map.of("a", "x y"))))
                .containsEntry("body", "a=x%20y")
                .containsEntry("content-type", "application/x-www-form-urlencoded");
        assertThat(
                        echoed(
                                Map.of(
                                        "url",
                                        url + "/echo",
                                        "method",
                                        "PATCH",
                                        "body",
                                        "<a/>",
                                        "headers",
                                        Map.of("content-type", "text/xml"))))
                .containsEntry("content-type", "text/xml");
    }

    @Test
    void a_post_carries_the_key_that_is_the_same_for_all_attempts() throws Exception {
        assertThat(echoed(Map.of("url", url + "/echo", "method", "POST")))
                .containsEntry("idempotency-key", "0ns3k7x2v9d4m-fetch")
                .containsEntry("content-length", "0");
        assertThat(
                        echoed(
                                Map.of(
                                        "url",
                                        url + "/echo",
                                        "method",
                                        "POST",
                                        "headers",
                                        Map.of("idempotency-key", "own"))))
                .containsEntry("idempotency-key", "own");
        assertThat(echoed(Map.of("url", url + "/echo"))).doesNotContainKey("idempotency-key");
    }

    @Test
    void auth_becomes_a_header() throws Exception {
        var basic = Map.of("type", "basic", "username", "ada", "password", "pä:ss");
        assertThat(echoed(Map.of("url", url + "/echo", "auth", basic)))
                .containsEntry("authorization", "Basic YWRhOnDDpDpzcw==");
        var bearer = Map.of("type", "bearer", "token", "t0ken");
        assertThat(echoed(Map.of("url", url + "/echo", "auth", bearer)))
                .containsEntry("authorization", "Bearer t0ken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "Content-Length", "transfer-encoding", "a b", "", "x:y", "x\r\ny"})
    void headers_that_would_change_the_message_are_refused(String name) throws Exception {
        var error = failure(Map.of("url", url + "/echo", "headers", Map.of(name, "1")));
        assertThat(error.code()).isEqualTo("parameters");
    }

    @Test
    void a_header_cannot_smuggle_in_another() throws Exception {
        var error = failure(Map.of("url", url + "/echo", "headers", Map.of("X-A", "1\r\nX-B: 2")));
        assertThat(error.code()).isEqualTo("parameters");
        assertThat(error.message()).contains("'X-A'");
    }

    @ParameterizedTest
    @CsvSource({
        "500,true", "502,true", "503,true", "504,true", "429,true", "408,true", "425,true",
        "400,false", "401,false", "403,false", "404,false", "409,false", "422,false", "304,false"
    })
    void another_status_is_a_failure_that_may_pass_or_not(int status, boolean retryable)
            throws Exception {
        var error = failure(Map.of("url", url + "/status/" + status + "?secret=1"));
        assertThat(error.code()).isEqualTo("http." + status);
        assertThat(error.retryable()).isEqualTo(retryable);
        assertThat(error.details()).containsEntry("status", (long) status);
        assertThat(error.message())
                .startsWith("GET " + url + "/status/" + status + " answered " + status)
                .doesNotContain("secret");
    }

    @Test
    void a_failure_shows_the_beginning_of_the_body() throws Exception {
        server.createContext(
                "/broken",
                exchange -> answer(exchange, 500, "text/plain", "no space left".repeat(1000)));
        var body = (String) failure(Map.of("url", url + "/broken")).details().get("body");
        assertThat(body).startsWith("no space left").hasSizeLessThan(2100).endsWith("…");
    }

    @ParameterizedTest
    @CsvSource({
        "30,PT30S",
        "'Mon, 23 Nov 2026 12:01:00 GMT',PT1M",
        "'Mon, 23 Nov 2026 11:00:00 GMT',PT0S"
    })
    void the_server_says_when_to_try_again(String header, Duration wait) throws Exception {
        server.createContext("/busy", exchange -> busy(exchange, header));
        assertThat(failure(Map.of("url", url + "/busy")).retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999999999999", "1.5"})
    void nonsense_about_when_to_try_again_is_not_believed(String header) throws Exception {
        server.createContext("/busy", exchange -> busy(exchange, header));
        assertThat(failure(Map.of("url", url + "/busy")).retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"404,404", "404,4xx", "404,400-404", "204,200-299", "204,2xx"})
    void an_expected_status_is_a_success(int status, String expected) throws Exception {
        assertThat(output(Map.of("url", url + "/status/" + status, "expectedStatus", expected)))
                .containsEntry("status", (long) status);
    }

    @Test
    void several_statuses_can_be_expected_and_then_no_others() throws Exception {
        var expected = List.<Object>of(201L, "4xx");
        assertThat(output(Map.of("url", url + "/status/409", "expectedStatus", expected)))
                .containsEntry("status", 409L);
        assertThat(failure(Map.of("url", url + "/status/200", "expectedStatus", expected)).code())
                .isEqualTo("http.200");
    }

    @Test
    void redirects_are_followed() throws Exception {
        redirect("/a", 302, "/b");
        redirect("/b", 308, url + "/echo?x=1");
        assertThat(output(Map.of("url", url + "/a"))).containsEntry("url", url + "/echo?x=1");
    }

    @Test
    void redirects_need_not_be_followed() throws Exception {
        redirect("/a", 302, "/b");
        assertThat(
                        output(
                                Map.of(
                                        "url",
                                        url + "/a",
                                        "followRedirects",
                                        false,
                                        "expectedStatus",
                                        302L)))
                .containsEntry("status", 302L);
    }

    @ParameterizedTest
    @CsvSource({"301,GET,''", "302,GET,''", "303,GET,''", "307,POST,data", "308,POST,data"})
    void a_redirected_post_does_as_browsers_do(int status, String method, String body)
            throws Exception {
        redirect("/a", status, "/echo");
        assertThat(echoed(Map.of("url", url + "/a", "method", "POST", "body", "data")))
                .containsEntry("method", method)
                .containsEntry("body", body);
    }

    @Test
    void a_request_is_told_in_the_log_without_its_query() throws Exception {
        var attempt = attempt(Map.of("url", url + "/echo?token=secret"));
        http.perform(attempt);
        assertThat(attempt.logged(LogKind.INFO))
                .startsWith("GET " + url + "/echo: 200 in ")
                .doesNotContain("secret");
    }

    @Test
    void a_timeout_without_a_unit_is_refused() throws Exception {
        assertThat(failure(Map.of("url", url + "/echo", "timeout", "5")).code())
                .isEqualTo("parameters");
    }

    private void redirect(String path, int status, String location) {
        server.createContext(
                path,
                exchange -> {
                    exchange.getResponseHeaders().set("Location", location);
                    answer(exchange, status, "text/plain", "moved");
                });
    }

    private static void busy(HttpExchange exchange, String retryAfter) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
        answer(exchange, 503, "text/plain", "busy");
    }

    private static void status(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        int status = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void echo(HttpExchange exchange) throws IOException {
        var echo = new LinkedHashMap<String, @Nullable Object>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) ->
                                echo.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        echo.put("method", exchange.getRequestMethod());
        echo.put("query", exchange.getRequestURI().getRawQuery());
        echo.put("body", new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        answer(exchange, 200, "application/json", Json.write(echo));
    }

    private static void answer(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        answer(exchange, status, type, body.getBytes(UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean silent = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, silent ? -1 : body.length);
        if (!silent) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static RecordedAttempt attempt(Map<String, @Nullable Object> parameters) {
        return new RecordedAttempt(Path.of("unused"), parameters);
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> echoed(Map<String, @Nullable Object> parameters)
            throws Exception {
        return (Map<String, @Nullable Object>)
                Objects.requireNonNull(output(parameters).get("body"));
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> output(Map<String, @Nullable Object> parameters)
            throws Exception {
        var outcome = http.perform(attempt(parameters));
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return (Map<String, @Nullable Object>)
                Objects.requireNonNull(((Outcome.Succeeded) outcome).output());
    }

    private TaskError failure(Map<String, @Nullable Object> parameters) throws Exception {
        var outcome = http.perform(attempt(parameters));
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).error();
    }
}

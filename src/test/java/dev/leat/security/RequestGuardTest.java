package dev.leat.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Through bare sockets: HTTP clients mend what is sent here.
@QuarkusTest
class RequestGuardTest {

    private static final List<String> HEADERS =
            List.of(
                    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                    "X-Content-Type-Options: nosniff",
                    "Referrer-Policy: same-origin",
                    "Cross-Origin-Opener-Policy: same-origin",
                    "Cross-Origin-Resource-Policy: same-origin");

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @MethodSource("dev.leat.security.CanonicalPathTest#mutated")
    void a_path_that_is_not_canonical_reaches_nothing(String path) throws IOException {
        var answer = ask("GET " + path, "Host: localhost");
        assertThat(answer).containsPattern("^HTTP/1.[01] 4(00|04)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: evil.example", "Host: localhost.evil.example:8080", "Host:", "X: y"})
    void a_foreign_or_missing_host_is_refused(String host) throws IOException {
        assertThat(ask("GET /api/workflows", host)).containsPattern("^HTTP/1.1 4(00|21)");
        assertThat(ask("POST /api/runs", host)).containsPattern("^HTTP/1.1 4(00|21)");
    }

    @Test
    void two_hosts_are_refused() throws IOException {
        assertThat(ask("GET /api/workflows", "Host: localhost\r\nHost: evil.example"))
                .containsPattern("^HTTP/1.1 4(00|21)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: https://localhost",
                "Origin: http://localhost:3000",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void a_page_of_another_origin_changes_nothing(String header) throws IOException {
        for (var method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            var answer = ask(method + " /api/workflows/hello", "Host: localhost\r\n" + header);
            assertThat(answer).startsWith("HTTP/1.1 403").contains("foreign-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://localhost",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "X-Nothing: told"
            })
    void own_pages_and_programs_may(String header) throws IOException {
        var answer = ask("DELETE /api/workflows/no-such", "Host: localhost\r\n" + header);
        assertThat(answer).startsWith("HTTP/1.1 404").contains("no-such");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override: DELETE",
                "X-Original-URL: /api/system",
                "X-Rewrite-URL: /api/system",
                "X-Forwarded-Host: evil.example",
                "Forwarded: host=evil.example;proto=https",
                "X-Forwarded-Prefix: /evil"
            })
    void headers_that_would_rewrite_a_request_change_nothing(String header) throws IOException {
        var plain = ask("GET /api/task-types/noop", "Host: localhost");
        assertThat(ask("GET /api/task-types/noop", "Host: localhost\r\n" + header))
                .isEqualTo(plain)
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/workflows",
                "GET /api/runs/nope",
                "GET /nope",
                "GET /api//runs",
                "POST /api/workflows",
                "GET /openapi",
                "DELETE /api/runs"
            })
    void every_answer_carries_the_security_headers(String request) throws IOException {
        assertThat(ask(request, "Host: localhost")).contains(HEADERS);
    }

    @Test
    void a_body_that_says_it_is_too_large_is_not_read() throws IOException {
        assertThat(ask("POST /api/workflows", "Host: localhost\r\nContent-Length: 5242881"))
                .startsWith("HTTP/1.1 413")
                .contains("problem+json");
        assertThat(ask("POST /api/workflows", "Host: localhost\r\nContent-Length: x"))
                .containsPattern("^HTTP/1.1 4(00|13)");
    }

    @Test
    void headers_without_end_are_refused() throws IOException {
        assertThat(ask("GET /api/workflows", "Host: localhost\r\nX: " + "y".repeat(30_000)))
                .startsWith("HTTP/1.1 431");
    }

    private String ask(String request, String headers) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            var text = request + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

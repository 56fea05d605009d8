package dev.leat.cli;

import dev.leat.store.Json;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks the server that holds the data directory. What it refuses is thrown as it would be in this
/// process.
final class ServerConnection {

    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration ANSWERING = Duration.ofSeconds(60);

    private static final int NO_CONTENT = 204;
    private static final Map<String, @Nullable Object> NOTHING = Map.of();

    private final URI server;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECTING)
                    .build();

    ServerConnection(URI server) {
        this.server = server;
    }

    Map<String, @Nullable Object> get(String path) {
        return send(request(path).GET().build());
    }

    Map<String, @Nullable Object> post(String path, String type, String body) {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /// The same in somebody's name.
    Map<String, @Nullable Object> post(String path, String type, String body, String actor) {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .header("Leat-Actor", actor)
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    Map<String, @Nullable Object> put(String path, String type, String body) {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofString(body))
                        .build());
    }

    /// What the server answers to what some other program would send, refusal or not.
    ///
    /// @param body as the bytes are that its headers may be a signature of
    Answer send(String path, Map<String, String> headers, byte[] body) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(ANSWERING)
                        .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new Sources.Unreadable(
                    "The server at %s can't be asked: %s".formatted(server, reason(e)));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    record Answer(int status, String body) {}

    URI address(String path) {
        return server.resolve(path);
    }

    void delete(String path) {
        send(request(path).DELETE().build());
    }

    /// The lines of an event stream, for as long as it lasts.
    Stream<String> stream(String path, String lastEventId) throws IOException {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", lastEventId)
                        .build();
        try {
            var answer = client.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new IOException("the server answered " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(ANSWERING)
                .header("Accept", "application/json")
                .header("Leat-Client", "cli");
    }

    private Map<String, @Nullable Object> send(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                var json = answer.statusCode() == NO_CONTENT ? NOTHING : json(body);
                if (answer.statusCode() >= 400) {
                    throw refusal(answer.statusCode(), json);
                }
                return json;
            }
        } catch (IOException e) {
            throw new Sources.Unreadable(
                    "The server at %s can't be asked: %s".formatted(server, reason(e)));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Map<String, @Nullable Object> json(InputStream body) throws IOException {
        var text = new String(body.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            return Json.readObject(text);
        } catch (IllegalArgumentException _) {
            throw new IOException("what answers there is not Leat");
        }
    }

    private static RuntimeException refusal(int status, Map<String, @Nullable Object> problem) {
        var sentence = RunDocument.text(problem, "detail");
        return switch (status) {
            case 404 -> new Refusal.NotFound(sentence);
            case 409 -> new Refusal.Conflict(sentence);
            case 422 -> new Refusal.Invalid(sentence, problems(problem));
            case 503 -> new Refusal.Unavailable(sentence, Duration.ofSeconds(1));
            default -> new Sources.Unreadable(sentence);
        };
    }

    static List<Problem> problems(Map<String, @Nullable Object> json) {
        return RunDocument.objects(json.get("problems")).stream()
                .map(ServerConnection::problem)
                .toList();
    }

    private static Problem problem(Map<?, ?> json) {
        var severity =
                RunDocument.text(json, "severity").equals("warning")
                        ? Problem.Severity.WARNING
                        : Problem.Severity.ERROR;
        return new Problem(
                severity,
                RunDocument.text(json, "code"),
                RunDocument.text(json, "pointer"),
                number(json.get("line")),
                number(json.get("column")),
                RunDocument.text(json, "message"),
                json.get("hint") instanceof String hint ? hint : null);
    }

    private static int number(@Nullable Object value) {
        return value instanceof Long number ? number.intValue() : 0;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while asking the server.", e);
    }
}

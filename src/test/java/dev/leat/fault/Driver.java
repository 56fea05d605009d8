package dev.leat.fault;

import dev.leat.store.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client that starts and cancels runs over HTTP, whatever becomes of the server meanwhile, and
/// keeps what it was told.
final class Driver {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FOR_THE_SERVER_TO_COME_BACK = Duration.ofSeconds(120);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofMillis(50);
    private static final Set<Integer> NOT_NOW = Set.of(503);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Function<String, URI> address;
    private final Answers answers;
    private final AtomicInteger keys = new AtomicInteger();

    /// @param address of a server, one of several perhaps, for a path
    Driver(Function<String, URI> address, Answers answers) {
        this.address = address;
        this.answers = answers;
    }

    void store(String workflow, String definition) {
        var answer =
                persist(() -> send("PUT", "/api/workflows/" + workflow, definition, null))
                        .orElseThrow();
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    /// Asks once, without a key. Nobody knows what came of a request that wasn't answered.
    ///
    /// @return the run, if the server said so
    @Nullable String start(String workflow) {
        var answer = start(workflow, null);
        if (answer.isEmpty()) {
            answers.unanswered(workflow);
            return null;
        }
        return taken(workflow, answer.get(), "");
    }

    /// Asks with a key of its own until the server has answered `times` times.
    ///
    /// @return the run; null where the server refused
    @Nullable String startForSure(String workflow, int times) {
        return startForSure(
                workflow, times, "key-" + keys.incrementAndGet() + "-" + System.nanoTime());
    }

    @Nullable String startForSure(String workflow, int times, String key) {
        String run = null;
        for (int time = 0; time < times; time++) {
            var answer = persist(() -> start(workflow, key));
            if (answer.isEmpty()) {
                return run;
            }
            run = taken(workflow, answer.get(), key);
        }
        return run;
    }

    /// Asks until the server has answered.
    void cancel(String run) {
        var answer = persist(() -> send("POST", "/api/runs/" + run + "/cancel", "{}", null));
        if (answer.isEmpty()) {
            return;
        }
        switch (answer.get().statusCode()) {
            case 202 -> answers.cancelled(run);
            // It has ended.
            case 409 -> {}
            default -> answers.unexpected("cancel of " + run + ": " + text(answer.get()));
        }
    }

    private Optional<HttpResponse<String>> start(String workflow, @Nullable String key) {
        return send("POST", "/api/workflows/" + workflow + "/runs", "{}", key);
    }

    private @Nullable String taken(String workflow, HttpResponse<String> answer, String key) {
        if (!List.of(200, 202).contains(answer.statusCode())) {
            if (!NOT_NOW.contains(answer.statusCode())) {
                answers.unexpected("start of " + workflow + ": " + text(answer));
            }
            return null;
        }
        var run = String.valueOf(Json.readObject(answer.body()).get("id"));
        answers.accepted(workflow, run, key);
        return run;
    }

    /// Tries again while there is no answer, or the answer is "not now".
    private Optional<HttpResponse<String>> persist(
            java.util.function.Supplier<Optional<HttpResponse<String>>> request) {
        var deadline = System.nanoTime() + FOR_THE_SERVER_TO_COME_BACK.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            var answer = request.get();
            if (answer.isPresent() && !NOT_NOW.contains(answer.get().statusCode())) {
                return answer;
            }
            LockSupport.parkNanos(BEFORE_TRYING_AGAIN.toNanos());
        }
        return Optional.empty();
    }

    /// @return empty where the connection broke, or couldn't be made
    private Optional<HttpResponse<String>> send(
            String method, String path, String body, @Nullable String key) {
        var request =
                HttpRequest.newBuilder(address.apply(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == 503
                    && answer.headers().firstValue("Retry-After").isEmpty()) {
                answers.unexpected("503 without Retry-After: " + text(answer));
            }
            return Optional.of(answer);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String text(HttpResponse<String> answer) {
        return answer.statusCode() + " " + answer.body().strip();
    }
}

package dev.leat.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL goes away under a server that has work, and comes back.
class KilledDatabaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int READERS = 15;

    @TempDir Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void starts_are_refused_meanwhile_and_what_was_accepted_is_carried_through() throws Exception {
        try (var database = new Postgresql(folder.resolve("postgresql"));
                var stand = Stand.onPostgresql(folder, database.url())) {
            stand.leat.serve();
            var shapes =
                    List.of(
                            Shape.CHAIN,
                            Shape.FAN,
                            Shape.FLAKY,
                            Shape.NAP,
                            Shape.CALL,
                            Shape.INSIDE);
            stand.storeShapes(shapes.toArray(Shape[]::new));
            for (var shape : shapes) {
                assertThat(stand.driver.startForSure(shape.id(), 1)).isNotNull();
            }
            database.kill();
            Stand.await("a start is refused", PATIENCE, () -> start(stand).statusCode() == 503);
            var answers = new ArrayList<HttpResponse<String>>();
            for (int number = 0; number < 5; number++) {
                answers.add(start(stand));
                answers.add(get(stand, "/api/runs"));
                answers.add(get(stand, "/api/workflows"));
            }
            answers.add(get(stand, "/"));
            var asked =
                    CompletableFuture.supplyAsync(
                            () -> stand.driver.startForSure(Shape.CHAIN.id(), 2));
            assertThat(answers)
                    .allSatisfy(
                            answer -> {
                                assertThat(answer.statusCode())
                                        .as(answer.request().uri() + " " + answer.body())
                                        .isEqualTo(503);
                                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                            });

            database.startAgain();
            assertThat(asked.join()).isNotNull();
            stand.awaitEnds(PATIENCE);
            for (var time : Stream.iterate(1, n -> n + 1).limit(3).toList()) {
                database.endConnections();
                assertThat(stand.driver.startForSure(Shape.FLAKY.id(), 1 + time)).isNotNull();
                database.endConnections();
            }
            assertThat(stand.audit(Shape.allEnds())).isEmpty();
        }
    }

    @Test
    void what_a_task_asks_of_the_database_is_asked_again_when_its_connections_end() {
        try (var database = new Postgresql(folder.resolve("postgresql"));
                var stand = Stand.onPostgresql(folder, database.url())) {
            stand.leat.serve();
            stand.storeShapes(Shape.SIGNAL, Shape.CALL, Shape.INSIDE);
            for (int time = 0; time < 40; time++) {
                assertThat(stand.driver.startForSure(Shape.SIGNAL.id(), 1)).isNotNull();
                assertThat(stand.driver.startForSure(Shape.CALL.id(), 1)).isNotNull();
                database.endConnections();
            }
            assertThat(stand.audit(Shape.allEnds())).isEmpty();
        }
    }

    @Test
    void connections_that_were_ended_are_not_used_again() {
        try (var database = new Postgresql(folder.resolve("postgresql"));
                var stand = Stand.onPostgresql(folder, database.url())) {
            stand.leat.serve();
            stand.storeShapes(Shape.INSIDE);
            for (int time = 0; time < 3; time++) {
                // Many at once, so that there are many connections.
                var asked =
                        IntStream.range(0, 20)
                                .mapToObj(
                                        _ ->
                                                client.sendAsync(
                                                        request(stand, "/api/runs"),
                                                        BodyHandlers.ofString()))
                                .toList();
                asked.forEach(CompletableFuture::join);
                database.endConnections();
                // Each of them may be found out once, while others go on asking.
                Stand.await(
                        "all that is asked is answered",
                        SOON,
                        () ->
                                IntStream.range(0, READERS)
                                        .allMatch(
                                                _ -> get(stand, "/api/runs").statusCode() == 200));
            }
            assertThat(start(stand).statusCode()).isEqualTo(202);
        }
    }

    private static HttpRequest request(Stand stand, String path) {
        return HttpRequest.newBuilder(stand.leat.address(path)).timeout(PATIENCE).build();
    }

    private HttpResponse<String> start(Stand stand) {
        return send(
                HttpRequest.newBuilder(stand.leat.address("/api/workflows/inside/runs"))
                        .POST(BodyPublishers.ofString("{}")));
    }

    private HttpResponse<String> get(Stand stand, String path) {
        return send(HttpRequest.newBuilder(stand.leat.address(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

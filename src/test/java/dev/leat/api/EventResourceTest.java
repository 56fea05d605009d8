package dev.leat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(180)
class EventResourceTest {

    private static final int TASKS = 4;
    private static final int LINES = 2_000;

    @TestHTTPResource("/")
    URI server;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    record Event(String name, String id, Map<String, Object> data) {}

    @Test
    void many_readers_that_come_at_any_time_all_get_everything_once_and_in_order()
            throws Exception {
        var run = start(Texts.chatty("e-load", TASKS, LINES));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Callable<List<Event>>>();
            for (int number = 0; number < 8; number++) {
                readers.add(() -> follow(run, ""));
            }
            for (var reader : threads.invokeAll(readers)) {
                assertComplete(reader.get());
            }
        }
        assertComplete(follow(run, ""));
    }

    @Test
    void a_reader_that_comes_back_with_its_cursor_goes_on_where_it_was() throws Exception {
        var run = start(Texts.chatty("e-cursor", TASKS, LINES));
        var seen = new ArrayList<Event>();
        for (int times = 0; seen.isEmpty() || !seen.getLast().name.equals("end"); times++) {
            assertThat(times).isLessThan(1_000);
            var cursor = seen.isEmpty() ? "" : seen.getLast().id;
            try (var events = events(run, cursor)) {
                events.limit(997).forEach(seen::add);
            }
        }
        assertComplete(seen);
    }

    @Test
    void a_finished_run_ends_at_once_also_after_its_last_cursor() throws Exception {
        var run = start(Texts.hello("e-done"));
        var all = follow(run, "");
        assertThat(all.getLast().name).isEqualTo("end");
        assertThat(all.getLast().data).containsEntry("state", "SUCCESS");
        assertThat(follow(run, all.getLast().id))
                .singleElement()
                .matches(e -> e.name.equals("end"));
    }

    @Test
    void a_cursor_that_is_none_is_a_bad_request() throws Exception {
        var run = start(Texts.hello("e-bad"));
        for (var cursor : List.of("x", "1", "-1--1", "1-x", "99999999999999999999-0")) {
            given().get("/api/runs/" + run + "/events?after=" + cursor).then().statusCode(400);
        }
    }

    private static void assertComplete(List<Event> events) {
        var lines = numbers(events, "log", "number");
        assertThat(lines).isEqualTo(LongStream.rangeClosed(1, lines.size()).boxed().toList());
        assertThat(lines).hasSize(TASKS * LINES);
        var steps = new ArrayList<Long>();
        for (var event : events) {
            if (event.data.get("seq") instanceof Long seq) {
                steps.add(seq);
            }
        }
        assertThat(steps).isEqualTo(LongStream.rangeClosed(1, steps.size()).boxed().toList());
        assertThat(events.getLast().name).isEqualTo("end");
        assertThat(events.stream().filter(event -> event.name.equals("end"))).hasSize(1);
    }

    private static List<Long> numbers(List<Event> events, String name, String key) {
        return events.stream()
                .filter(event -> event.name.equals(name))
                .map(event -> (Long) event.data.get(key))
                .toList();
    }

    private static String start(String definition) {
        return given().body("{\"definition\": " + definition + "}")
                .post("/api/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private List<Event> follow(String run, String cursor) throws Exception {
        try (var events = events(run, cursor)) {
            return events.toList();
        }
    }

    private Stream<Event> events(String run, String cursor) throws Exception {
        var request = HttpRequest.newBuilder(server.resolve("/api/runs/" + run + "/events"));
        if (!cursor.isEmpty()) {
            request.header("Last-Event-ID", cursor);
        }
        var answer = client.send(request.build(), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        var fields = new ArrayList<String>();
        return answer.body()
                .<Event>mapMulti(
                        (line, out) -> {
                            if (!line.isEmpty()) {
                                fields.add(line);
                                return;
                            }
                            if (fields.stream().anyMatch(field -> field.startsWith("data:"))) {
                                out.accept(
                                        new Event(
                                                field(fields, "event:"),
                                                field(fields, "id:"),
                                                Json.readObject(field(fields, "data:"))));
                            }
                            fields.clear();
                        });
    }

    private static String field(List<String> fields, String name) {
        return fields.stream()
                .filter(field -> field.startsWith(name))
                .map(field -> field.substring(name.length()).strip())
                .findFirst()
                .orElse("");
    }
}

package dev.leat.journey;

import static dev.leat.journey.Door.state;
import static dev.leat.journey.Door.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// docs/spec/26-wait.md, through the doors.
@QuarkusTest
class WaitJourneyTest {

    @Test
    void a_wait_takes_its_time_and_tells_when_it_was_over() {
        var ended = Door.run(waits("{\"duration\": \"200ms\"}", ""));
        assertThat(ended.getString("state")).isEqualTo("SUCCESS");
        assertThat(task(ended.getString("id"), "nap").getString("output.until")).endsWith("Z");
    }

    @Test
    void a_moment_in_the_past_is_over_at_once() {
        var ended = Door.run(waits("{\"until\": \"2020-01-01T00:00:00+01:00\"}", ""));
        assertThat(task(ended.getString("id"), "nap").getString("output.until"))
                .isEqualTo("2019-12-31T23:00:00Z");
    }

    @Test
    void while_it_waits_it_says_until_when_and_it_can_be_cancelled() {
        var run = Door.start(waits("{\"duration\": \"1h\"}", ""));
        var seen = Door.until(run, "nap", "WAITING");
        assertThat(Door.<String>of(seen, "nap", "dueAt")).isNotNull();
        Door.cancel(run);
        assertThat(state(Door.ended(run), "nap")).isEqualTo("CANCELLED");
    }

    @Test
    void the_timeout_of_the_run_ends_a_wait() {
        var ended = Door.run(waits("{\"duration\": \"1h\"}", ", \"timeout\": \"200ms\""));
        assertThat(ended.getString("state")).isEqualTo("TIMED_OUT");
        assertThat(state(ended, "nap")).isEqualTo("CANCELLED");
    }

    private static String waits(String with, String more) {
        return "{\"id\": \"waits\", \"tasks\": [{\"id\": \"nap\", \"type\": \"wait\", \"with\": "
                + with
                + "}]"
                + more
                + "}";
    }
}

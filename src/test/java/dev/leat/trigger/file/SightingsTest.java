package dev.leat.trigger.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.trigger.file.Sightings.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");
    private static final Stamp ONE = new Stamp(1, 1);
    private static final Stamp TWO = new Stamp(2, 2);

    private final Sightings sightings = new Sightings(Duration.ofSeconds(2), Map.of("old", ONE));

    @Test
    void a_file_arrives_once_it_has_been_still_for_long_enough() {
        assertThat(sightings.look(Map.of("old", ONE, "new", ONE), at(0))).isEmpty();
        assertThat(sightings.next()).contains(at(2));
        assertThat(sightings.look(Map.of("old", ONE, "new", TWO), at(1))).isEmpty();
        assertThat(sightings.next()).contains(at(3));
        assertThat(sightings.look(Map.of("old", ONE, "new", TWO), at(2))).isEmpty();
        assertThat(sightings.look(Map.of("old", ONE, "new", TWO), at(3)))
                .containsExactly(new Arrival("new", TWO, true));
    }

    @Test
    void an_arrival_is_told_until_it_is_known() {
        var files = Map.of("new", ONE);
        sightings.look(files, at(0));
        assertThat(sightings.look(files, at(2))).hasSize(1);
        assertThat(sightings.look(files, at(9))).hasSize(1);
        sightings.know("new", ONE);
        assertThat(sightings.look(files, at(10))).isEmpty();
        assertThat(sightings.next()).isEmpty();
    }

    @Test
    void a_known_file_that_changes_has_changed_and_not_arrived() {
        sightings.look(Map.of("old", TWO), at(0));
        assertThat(sightings.look(Map.of("old", TWO), at(2)))
                .containsExactly(new Arrival("old", TWO, false));
    }

    @Test
    void a_file_that_changes_back_has_nothing_to_tell() {
        sightings.look(Map.of("old", TWO), at(0));
        assertThat(sightings.look(Map.of("old", ONE), at(1))).isEmpty();
        assertThat(sightings.look(Map.of("old", TWO), at(2))).isEmpty();
    }

    @Test
    void a_file_that_goes_before_it_has_settled_never_arrived() {
        sightings.look(Map.of("new", ONE), at(0));
        sightings.look(Map.of(), at(1));
        assertThat(sightings.look(Map.of("new", ONE), at(3))).isEmpty();
    }

    @Test
    void a_file_that_comes_back_is_news_only_if_it_is_another() {
        assertThat(sightings.gone(Map.of("new", ONE))).containsExactly("old");
        sightings.forget("old");
        sightings.look(Map.of(), at(0));
        assertThat(sightings.look(Map.of("old", ONE), at(1))).isEmpty();
        assertThat(sightings.next()).isEmpty();
        sightings.forget("old");
        sightings.look(Map.of("old", TWO), at(2));
        assertThat(sightings.look(Map.of("old", TWO), at(4)))
                .containsExactly(new Arrival("old", TWO, true));
    }

    @Test
    void without_time_to_settle_a_file_arrives_hasty() {
        var hasty = new Sightings(Duration.ZERO, Map.of());
        assertThat(hasty.look(Map.of("new", ONE), at(0))).hasSize(1);
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }
}

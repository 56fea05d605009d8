package dev.leat.engine.firing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.store.TriggerState;
import dev.leat.store.TriggerState.Pause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is read of a trigger, and what has become of it meanwhile.
class StandingTest {

    private static final Instant NOON = Instant.parse("2031-03-05T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(3600);
    private static final Pause PAUSE = new Pause(NOON, "anna", null, null, null);

    private final Standing before = new Standing(state("as it was", NOON, null));

    @Test
    void fires_that_were_settled_since_it_was_read_stay_settled() {
        var stored = state("as it was", NOON, null);
        before.settled(LATER);
        assertThat(Standing.of(before, stored, System.nanoTime()).state().settledUntil())
                .isEqualTo(LATER);
    }

    @Test
    void fires_that_another_node_has_settled_are_settled() {
        var stored = state("as it was", LATER, null);
        assertThat(Standing.of(before, stored, System.nanoTime()).state().settledUntil())
                .isEqualTo(LATER);
    }

    @Test
    void a_pause_that_came_after_the_reading_had_begun_holds() {
        long asOf = System.nanoTime();
        var stored = state("as it was", LATER, null);
        before.change(before.state().paused(PAUSE));
        var standing = Standing.of(before, stored, asOf);
        assertThat(standing.state().pause()).isEqualTo(PAUSE);
        assertThat(standing.state().settledUntil()).isEqualTo(LATER);
    }

    @Test
    void a_pause_that_another_node_has_made_or_ended_counts() {
        var paused = Standing.of(before, state("as it was", NOON, PAUSE), System.nanoTime());
        assertThat(paused.state().pause()).isEqualTo(PAUSE);
        var resumed = Standing.of(before, state("as it was", NOON, null), System.nanoTime());
        assertThat(resumed.state().pause()).isNull();
    }

    @Test
    void whoever_fires_has_the_turn_of_what_was_read_meanwhile_too() {
        var standing = Standing.of(before, state("as it was", NOON, null), System.nanoTime());
        assertThat(standing.turn()).isSameAs(before.turn());
    }

    @Test
    void other_words_make_it_another_trigger_that_stands_where_it_is_stored() {
        before.settled(LATER);
        var standing = Standing.of(before, state("otherwise", NOON, null), System.nanoTime());
        assertThat(standing).isNotSameAs(before);
        assertThat(standing.state().settledUntil()).isEqualTo(NOON);
    }

    private static TriggerState state(String hash, Instant settledUntil, @Nullable Pause pause) {
        return new TriggerState("w", "t", hash, 1, settledUntil, NOON, pause);
    }
}

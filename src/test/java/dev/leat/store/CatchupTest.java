package dev.leat.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CatchupTest {

    private final List<Long> stored = new CopyOnWriteArrayList<>();
    private final Catchup<Long> catchup =
            new Catchup<>(
                    number -> number,
                    (after, limit) ->
                            stored.stream().filter(one -> one > after).limit(limit).toList());

    @Test
    void what_is_stored_comes_first_and_what_is_heard_goes_on_from_there() {
        stored.addAll(List.of(1L, 2L));
        assertThat(catchup.take(0)).containsExactly(1L, 2L);
        catchup.hear(3L);
        assertThat(catchup.take(2)).containsExactly(3L);
    }

    @Test
    void what_is_both_stored_and_heard_comes_once() {
        stored.addAll(List.of(1L, 2L, 3L));
        assertThat(catchup.take(0)).hasSize(3);
        catchup.hear(2L);
        catchup.hear(3L);
        catchup.hear(4L);
        assertThat(catchup.take(3)).containsExactly(4L);
    }

    @Test
    void what_was_not_heard_is_read() {
        catchup.take(0);
        stored.addAll(List.of(1L, 2L, 3L));
        catchup.hear(1L);
        catchup.hear(3L);
        assertThat(catchup.take(0)).containsExactly(1L);
        assertThat(catchup.behind()).isTrue();
        assertThat(catchup.take(1)).containsExactly(2L, 3L);
    }

    @Test
    void a_number_that_was_never_stored_holds_nothing_up() {
        catchup.take(0);
        stored.addAll(List.of(5L, 6L));
        catchup.hear(5L);
        assertThat(catchup.take(0)).isEmpty();
        assertThat(catchup.take(0)).containsExactly(5L, 6L);
    }

    @Test
    void who_follows_too_slowly_reads_what_did_not_fit() {
        catchup.take(0);
        LongStream.rangeClosed(1, 10_000)
                .forEach(
                        number -> {
                            stored.add(number);
                            catchup.hear(number);
                        });
        var seen = new ArrayList<Long>();
        while (seen.size() < 10_000) {
            seen.addAll(catchup.take(seen.isEmpty() ? 0 : seen.getLast()));
        }
        assertThat(seen).isEqualTo(stored);
    }

    @Test
    void while_somebody_writes_nothing_is_lost_or_doubled() throws InterruptedException {
        var writer =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        LongStream.rangeClosed(1, 20_000)
                                                .forEach(
                                                        number -> {
                                                            stored.add(number);
                                                            catchup.hear(number);
                                                        }));
        var seen = new ArrayList<Long>();
        while (writer.isAlive() || seen.size() < 20_000) {
            seen.addAll(catchup.take(seen.isEmpty() ? 0 : seen.getLast()));
        }
        writer.join();
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 20_000).boxed().toList());
    }
}

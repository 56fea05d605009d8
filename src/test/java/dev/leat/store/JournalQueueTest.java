package dev.leat.store;

import static dev.leat.testing.Changes.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JournalQueueTest {

    private static final int ENTRIES = 300_000;

    @Test
    void the_sleeper_goes_on_though_another_takes_what_it_was_woken_for() throws Exception {
        var queue = new JournalQueue();
        queue.open();
        var begun = new CountDownLatch(1);
        var sleeper =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    do {
                                        begun.countDown();
                                    } while (queue.awaitSome());
                                });
        begun.await();
        for (int i = 0; i < ENTRIES; i++) {
            queue.add(entry(), true);
            queue.take(1, 1);
        }
        assertThat(sleeper.isAlive()).isTrue();

        queue.close();
        sleeper.join();
        assertThat(queue.add(entry(), true)).isFalse();
    }

    private static JournalEntry entry() {
        return new JournalEntry(
                List.of(task(1, 1, "t", TaskState.RUNNING)), 0, null, new Sequence());
    }
}

package dev.leat.store;

import dev.leat.task.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long writes are kept waiting for a database that can't be written: what tells of work under
/// way as long as it takes; what would begin something only for moments, as who asks may ask again.
final class Patience {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final long since = System.nanoTime();

    /// Those that go on waiting; the others are refused.
    List<JournalEntry> underWay(List<JournalEntry> entries, @Nullable String trouble) {
        if (System.nanoTime() - since < LONGEST.toNanos()) {
            return entries;
        }
        var left = new ArrayList<JournalEntry>();
        for (var entry : entries) {
            if (entry.begins()) {
                entry.refuse(
                        new Refusal.Unavailable(
                                "Nothing new can be stored at the moment: " + trouble, LONGEST));
            } else {
                left.add(entry);
            }
        }
        return left;
    }
}

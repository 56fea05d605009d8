package dev.leat.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Entries on their way to disk, which may take several tries.
final class Round {

    final Patience patience = new Patience();
    List<JournalEntry> entries;

    /// What a transaction holds of which nobody knows whether it took place; null where there is
    /// none.
    @Nullable Applied applied;

    Round(List<JournalEntry> entries) {
        this.entries = entries;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /// What a transaction holds, and what it had to leave out.
    ///
    /// @param node whose row it looked at; 0 for none
    record Applied(
            long node, List<JournalEntry> kept, Map<JournalEntry, RuntimeException> failures) {}
}

package dev.leat.store;

import dev.leat.store.RunLogs.Line;
import dev.leat.store.search.LogQuery;
import dev.leat.task.LogKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which lines of a run somebody wants.
///
/// @param task null for all tasks
/// @param attempt 0 for all attempts
/// @param kinds empty for all
/// @param query null for any text
public record LineFilter(
        @Nullable String task, int attempt, Set<LogKind> kinds, @Nullable LogQuery query) {

    public static final LineFilter ALL = new LineFilter(null, 0, Set.of(), null);

    private static final String KINDS =
            Arrays.stream(LogKind.values())
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));

    public LineFilter {
        kinds = Set.copyOf(kinds);
    }

    /// `stderr,warn`; `err` and `out` will do.
    ///
    /// @param text null for all kinds
    /// @throws IllegalArgumentException with a sentence that says which there are
    public static Set<LogKind> kinds(@Nullable String text) {
        var kinds = EnumSet.noneOf(LogKind.class);
        for (var word : text == null ? new String[0] : text.split("[,\\s]+")) {
            if (!word.isEmpty()) {
                kinds.add(kind(word.toUpperCase(Locale.ROOT)));
            }
        }
        return kinds;
    }

    private static LogKind kind(String word) {
        for (var kind : LogKind.values()) {
            if (kind.name().equals(word) || kind.name().equals("STD" + word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "There is no stream or level '%s'; there are %s."
                        .formatted(word.toLowerCase(Locale.ROOT), KINDS));
    }

    /// Whether all lines of its tasks are wanted.
    boolean plain() {
        return kinds.isEmpty() && query == null;
    }

    public boolean fits(Line line) {
        return (task == null || task.equals(line.task()))
                && (attempt == 0 || attempt == line.attempt())
                && says(line);
    }

    /// Whether it fits, whichever task wrote it.
    boolean says(Line line) {
        return (kinds.isEmpty() || kinds.contains(line.kind()))
                && (query == null || query.fits(line.text()));
    }
}

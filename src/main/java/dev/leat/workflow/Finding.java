package dev.leat.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way in which a value differs from its JSON Schema.
///
/// @param pointer of the value at fault; for a property that is missing or unknown, of the object
/// @param property the name that is missing or unknown, or the word that isn't one of those
/// allowed; null otherwise
/// @param known names or words that would have been right
record Finding(
        Kind kind,
        String pointer,
        @Nullable String property,
        String message,
        List<String> known,
        Depends depends) {

    enum Kind {
        UNKNOWN,
        MISSING,
        BAD
    }

    /// What an expression must be in for the finding to come out otherwise once it has a value.
    enum Depends {
        NOTHING,
        ITSELF,
        CONTENT,
        EVERYTHING
    }

    Finding {
        known = List.copyOf(known);
    }

    /// Whether it may be owed to an expression at a place.
    boolean mayChangeWith(String expression) {
        var itself = pointer.equals(expression) || pointer.startsWith(expression + "/");
        return switch (depends) {
            case NOTHING -> false;
            case ITSELF -> itself;
            case CONTENT -> itself || expression.startsWith(pointer + "/");
            case EVERYTHING -> true;
        };
    }
}

package dev.leat.engine.firing;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One fire of a trigger that isn't the clock's: a delivery, a file, a person's wish.
///
/// @param key tells it apart from the trigger's other fires
/// @param nominal when it came
/// @param facts what `trigger` says in expressions besides its kind and id, as JSON
/// @param asked who asked for it; null where nobody did
public record Slot(
        String key, Instant nominal, Map<String, @Nullable Object> facts, @Nullable Asked asked) {
    public Slot {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    public Slot(String key, Instant nominal, Map<String, @Nullable Object> facts) {
        this(key, nominal, facts, null);
    }

    /// A person's wish.
    ///
    /// @param inputs of the run, instead of what the trigger's `inputs` would give; null for those
    public record Asked(
            String by, @Nullable String why, @Nullable Map<String, @Nullable Object> inputs) {

        String sentence() {
            return "asked for by " + by + (why == null ? "" : ": " + why);
        }
    }
}

package dev.leat.engine.firing;

import dev.leat.engine.firing.Calendars.Entry;
import dev.leat.workflow.schedule.Blackout;
import dev.leat.workflow.schedule.Blackout.Span;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A blackout as people read it.
///
/// @param action `hold` or `skip`
/// @param workflows selectors of ids; none for all workflows
/// @param now the window that the moment is in; null for none
/// @param next the window after that; null for none
/// @param origin `api`, `cli`, `dashboard` or `file`
/// @param file that owns it; null for none
/// @param problem why it can't be used any more; null where it can
@RegisterForReflection
public record BlackoutReport(
        String id,
        String name,
        String description,
        String timezone,
        String action,
        List<String> workflows,
        @Nullable Window now,
        @Nullable Window next,
        String format,
        String origin,
        @Nullable String file,
        @Nullable String savedBy,
        Instant savedAt,
        @Nullable String problem) {

    @RegisterForReflection
    public record Window(Instant from, Instant until, String name) {

        static Window of(Span span) {
            return new Window(span.from(), span.until(), span.name());
        }
    }

    public static BlackoutReport of(Entry<Blackout> entry, Instant at) {
        var stored = entry.stored();
        var blackout = entry.read().document();
        var now = blackout.flatMap(found -> found.now(at)).map(Window::of);
        var after = now.map(Window::until).orElse(at);
        return new BlackoutReport(
                stored.id(),
                blackout.map(Blackout::name).orElse(stored.id()),
                blackout.map(Blackout::description).orElse(""),
                blackout.map(found -> found.zone().getId()).orElse("UTC"),
                blackout.map(found -> found.action().name().toLowerCase(Locale.ROOT))
                        .orElse("hold"),
                blackout.map(Blackout::workflows).orElse(List.of()),
                now.orElse(null),
                blackout.flatMap(found -> found.next(after)).map(Window::of).orElse(null),
                stored.format(),
                Owner.origin(stored),
                Owner.file(stored),
                stored.author(),
                stored.savedAt(),
                Owner.problem(entry.read()));
    }
}

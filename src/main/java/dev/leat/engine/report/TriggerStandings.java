package dev.leat.engine.report;

import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Triggers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells in few words how the triggers of a workflow stand, for lists of many workflows: nothing is
/// read from the database for it.
@ApplicationScoped
public class TriggerStandings {

    private static final int LOOKED_AT = 32;

    private final Triggers triggers;
    private final UpcomingFires upcoming;
    private final InstantSource clock;

    TriggerStandings(Triggers triggers, UpcomingFires upcoming, InstantSource clock) {
        this.triggers = triggers;
        this.upcoming = upcoming;
        this.clock = clock;
    }

    /// @param triggers how many there are
    /// @param paused the ids of those that are held up
    /// @param disabled how many the definition disables
    /// @param next when the clock starts a run the next time, paused triggers left out; null for
    /// never
    public record Standing(
            int triggers, List<String> paused, int disabled, @Nullable Instant next) {
        public Standing {
            paused = List.copyOf(paused);
        }

        /// Whether none of its triggers can fire.
        public boolean silent() {
            return triggers > 0 && paused.size() + disabled >= triggers;
        }
    }

    public Standing of(String workflow) {
        var now = clock.instant();
        var all = triggers.of(workflow);
        return new Standing(
                all.size(),
                all.stream().filter(Armed::paused).map(Armed::id).toList(),
                (int) all.stream().filter(each -> !each.spec().enabled()).count(),
                all.stream()
                        .filter(each -> !each.paused())
                        .flatMap(each -> next(each, now).stream())
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    /// Calendars and blackouts may skip some.
    private Optional<Instant> next(Armed trigger, Instant now) {
        var first = upcoming.next(trigger, now, 1);
        var moments =
                !first.isEmpty() && first.getFirst().skipped()
                        ? upcoming.next(trigger, now, LOOKED_AT)
                        : first;
        return moments.stream().filter(each -> !each.skipped()).findFirst().map(Moment::due);
    }
}

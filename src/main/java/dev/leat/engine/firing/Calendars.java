package dev.leat.engine.firing;

import dev.leat.workflow.schedule.Blackout;
import dev.leat.workflow.schedule.BusinessCalendar;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/// The calendars and blackouts there are now, answered from memory.
@ApplicationScoped
public class Calendars {

    /// Empty where there is no such calendar: a fire that needs it is then skipped, for the days
    /// would silently be wrong ones.
    public Optional<BusinessCalendar> calendar(String id) {
        return Optional.empty();
    }

    /// The blackout that a workflow is in at a moment. Of several the one that skips counts, and
    /// else the one that is over last.
    ///
    /// @param workflow its id, with its namespace before it where it has one
    public Optional<Blackout.Window> blackout(String workflow, Instant at) {
        return Optional.empty();
    }
}

package dev.leat.workflow.schedule;

import java.time.Instant;
import java.util.Optional;

/// All the moments at which something is due.
@FunctionalInterface
public interface Schedule {

    /// The first one whose nominal time is later than the moment; empty where none comes until the
    /// end of the year 9999.
    Optional<Occurrence> after(Instant moment);
}

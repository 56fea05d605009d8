package dev.leat.engine;

import dev.leat.task.Refusal;
import dev.leat.workflow.Plan;
import java.time.Duration;

/// Plans of a process whose database is away in the moments in which it is asked for them.
public final class UnreadablePlans extends Plans {

    private final Plans there;
    private int failures;

    /// @param failures how many questions end in an error, before the others are answered
    public UnreadablePlans(Plans there, int failures) {
        super(null, null, null);
        this.there = there;
        this.failures = failures;
    }

    @Override
    public Plan of(long revision) {
        if (failures-- > 0) {
            throw new Refusal.Unavailable("The database is away.", Duration.ofSeconds(1));
        }
        return there.of(revision);
    }
}

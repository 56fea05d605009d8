package dev.leat.engine.report;

import dev.leat.task.Refusal;
import java.time.Duration;

/// Reports of a process whose database is away in the moments in which it is asked for them.
public final class UnreadableReports extends RunReports {

    private final RunReports there;
    private int failures;

    /// @param failures how many questions end in an error, before the others are answered
    public UnreadableReports(RunReports there, int failures) {
        super(null, null, null);
        this.there = there;
        this.failures = failures;
    }

    @Override
    public RunReport report(long id) {
        if (failures-- > 0) {
            throw new Refusal.Unavailable("The database is away.", Duration.ofSeconds(1));
        }
        return there.report(id);
    }
}

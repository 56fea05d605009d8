package dev.leat.dashboard;

import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;

/// What of a run's pages is sent again while the run goes on.
final class RunParts {

    private RunParts() {}

    /// State, progress and facts.
    record summary(RunPage page) implements TemplateInstance {}

    /// The failure, and what holds the run up.
    record why(RunPage page) implements TemplateInstance {}

    /// @param choice what the page shows of the log
    record lines(List<LogLine> lines, LogChoice choice, Instant start)
            implements TemplateInstance {}
}

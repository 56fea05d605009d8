package dev.leat.engine.simulation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of one test.
///
/// @param pointer of the test in its document
/// @param state how the run ended; `REFUSED` where its inputs don't fit
/// @param duration how long the run took by its own clock, such as `1h30m`
/// @param milliseconds how long the test took
/// @param timeline what happened in the run, a line each
@RegisterForReflection
public record TestResult(
        String name,
        String pointer,
        int line,
        boolean passed,
        String state,
        String duration,
        double milliseconds,
        List<Failure> failures,
        List<String> timeline) {

    public TestResult {
        failures = List.copyOf(failures);
        timeline = List.copyOf(timeline);
    }

    /// Something that isn't as expected.
    ///
    /// @param pointer to what was expected, in the document
    /// @param line of it, from 1
    /// @param message one sentence
    /// @param expected as JSON; null where the sentence says all
    /// @param actual as JSON; null where the sentence says all
    /// @param hint what to do; null for none
    @RegisterForReflection
    public record Failure(
            String pointer,
            int line,
            int column,
            String message,
            @Nullable String expected,
            @Nullable String actual,
            @Nullable String hint) {}
}

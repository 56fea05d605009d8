package dev.leat.workflow;

import dev.leat.task.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One test of a workflow: what its run is given, what comes of its tasks, and what must come of
/// it all.
///
/// @param pointer of the test in its document
/// @param now when the run starts
/// @param seed of the chance that varies delays
/// @param slots tasks at once
/// @param pools places by pool; those that aren't there have one
/// @param mocks what each attempt of a task comes to, by the task's id; the last one stays
/// @param expect as written, sound by its schema
public record TestCase(
        String pointer,
        String name,
        Map<String, @Nullable Object> inputs,
        Instant now,
        long seed,
        Map<String, @Nullable Object> trigger,
        int slots,
        Map<String, Integer> pools,
        Map<String, List<Mock>> mocks,
        List<Event> events,
        Map<String, @Nullable Object> expect) {

    public TestCase {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        trigger = Collections.unmodifiableMap(new LinkedHashMap<>(trigger));
        pools = Map.copyOf(pools);
        mocks = Map.copyOf(mocks);
        events = List.copyOf(events);
        expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
    }

    /// What an attempt comes to without being performed.
    public sealed interface Mock {
        record Gives(@Nullable Object output, Duration takes) implements Mock {}

        record Fails(TaskError error, Duration takes) implements Mock {}

        /// It doesn't end by itself.
        record Hangs() implements Mock {}
    }

    /// What somebody does while the run goes on.
    ///
    /// @param at from the run's start
    public sealed interface Event {
        Duration at();

        record Cancel(Duration at, @Nullable String by, @Nullable String reason) implements Event {}
    }
}

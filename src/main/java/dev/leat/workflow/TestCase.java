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
    public sealed interface Event {
        /// The run is cancelled.
        record Cancel(Duration at, @Nullable String by, @Nullable String reason) implements Event {}

        /// A task's question is answered.
        ///
        /// @param pointer of the event in its document
        /// @param refused what is expected of the sentence with which the answer is refused; null
        /// where it is to count
        record Answer(
                String pointer,
                When when,
                String task,
                boolean approved,
                Map<String, @Nullable Object> values,
                @Nullable String comment,
                @Nullable String by,
                @Nullable Object refused)
                implements Event {
            public Answer {
                values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            }
        }

        /// A signal comes.
        ///
        /// @param keep how long it is kept where no task waits for it
        record Signal(
                String pointer,
                When when,
                String name,
                String key,
                @Nullable Object payload,
                Duration keep,
                @Nullable String by)
                implements Event {}
    }

    /// @param time from the run's start, or
    /// @param afterAsked from the moment at which a task begins to wait for it
    public record When(Duration time, boolean afterAsked) {}
}

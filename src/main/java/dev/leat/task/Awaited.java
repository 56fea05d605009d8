package dev.leat.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an attempt can wait for that is no moment. It holds no thread meanwhile, and a restart
/// doesn't lose it.
public sealed interface Awaited {

    /// A person's answer.
    ///
    /// @param message what it is about, for whoever answers
    /// @param form JSON Schema of the values that come with the answer
    /// @param approvers who may answer; empty for anybody
    /// @param rejectionFails whether a rejection is a failure of the task
    record Approval(
            String title,
            String message,
            Map<String, @Nullable Object> form,
            List<String> approvers,
            boolean rejectionFails)
            implements Awaited {
        public Approval {
            form = Collections.unmodifiableMap(new LinkedHashMap<>(form));
            approvers = List.copyOf(approvers);
        }
    }

    /// An event from outside, or from another run.
    ///
    /// @param key tells events of one name apart, such as an order's number; may be empty
    record Signal(String name, String key) implements Awaited {}

    /// The end of a run of another workflow, which is started for this.
    ///
    /// @param workflow qualified id
    /// @param revision number; 0 for the current one
    /// @param run its id once it is known; null before
    record Run(
            String workflow,
            int revision,
            Map<String, @Nullable Object> inputs,
            Map<String, String> labels,
            @Nullable String run)
            implements Awaited {
        public Run {
            inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
            labels = Map.copyOf(labels);
        }
    }
}

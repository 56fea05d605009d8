package dev.leat.workflow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds a run's inputs against the workflow's schema.
@ApplicationScoped
public class Inputs {

    /// The inputs with the schema's defaults filled in.
    ///
    /// @throws dev.leat.task.Refusal.Invalid with every problem
    public Map<String, @Nullable Object> accept(
            Workflow workflow, Map<String, @Nullable Object> given) {
        throw new UnsupportedOperationException("not yet");
    }
}

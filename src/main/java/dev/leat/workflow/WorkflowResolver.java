package dev.leat.workflow;

import jakarta.enterprise.context.ApplicationScoped;

/// Finds the graph and its order. Pure, and O(tasks + edges).
@ApplicationScoped
public class WorkflowResolver {

    /// @throws IllegalArgumentException where the loader has found an unknown or cyclic dependency,
    // and was not heard
    public Plan resolve(Workflow workflow) {
        throw new UnsupportedOperationException("not yet");
    }
}

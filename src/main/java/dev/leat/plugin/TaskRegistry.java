package dev.leat.plugin;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// Which task types exist. Built-in ones are there from the start; those of plugins come and go
// with the plugin directory.
@ApplicationScoped
public class TaskRegistry {

    /// @param reference `http` for the newest version, or `http@2`
    public Optional<RegisteredTask> find(String reference) {
        throw new UnsupportedOperationException("not yet");
    }

    /// All types in all versions, by name and then version.
    public List<TaskType> types() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Grows with each change, so that what was made from the types can be kept until then.
    public long generation() {
        throw new UnsupportedOperationException("not yet");
    }
}

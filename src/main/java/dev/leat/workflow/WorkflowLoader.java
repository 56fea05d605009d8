package dev.leat.workflow;

import dev.leat.task.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads, validates and normalises.
@ApplicationScoped
public class WorkflowLoader {

    /// Reads a text and finds everything that is wrong with it, ordered by position. Never throws
    // for a bad text.
    public Loaded load(Source source) {
        throw new UnsupportedOperationException("not yet");
    }

    public enum Format {
        JSON,
        YAML
    }

    /// @param name where the text is from, for messages: a path, or `request`
    public record Source(String text, Format format, String name) {}

    /// @param workflow null only where the text can't be read as a workflow at all; present with
    // problems where a revision that was
    ///     good once has met a changed world, such as a plugin that is gone
    /// @param problems errors and warnings
    public record Loaded(@Nullable Workflow workflow, List<Problem> problems) {
        public Loaded {
            problems = List.copyOf(problems);
        }

        public boolean hasErrors() {
            return workflow == null || problems.stream().anyMatch(Problem::isError);
        }
    }
}

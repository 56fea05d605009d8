package dev.leat.engine;

import dev.leat.task.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// The definition files that can't be used as they are. Their workflows, where there were any, are
/// still at their last good revision.
@ApplicationScoped
public class DefinitionProblems {

    private volatile List<BadFile> files = List.of();

    /// By path.
    public List<BadFile> files() {
        return files;
    }

    public void replace(List<BadFile> now) {
        files = List.copyOf(now);
    }

    /// @param path within the workflows directory
    public record BadFile(String path, List<Problem> problems) {
        public BadFile {
            problems = List.copyOf(problems);
        }
    }
}

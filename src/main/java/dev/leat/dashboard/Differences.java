package dev.leat.dashboard;

import dev.leat.store.Revision;
import dev.leat.workflow.DefinitionDiff;
import dev.leat.workflow.DefinitionDiff.Difference;
import dev.leat.workflow.SourceDiff;
import dev.leat.workflow.WorkflowLoader;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/// What differs between two texts of a workflow, for a page to show.
@ApplicationScoped
class Differences {

    private static final int MOST_SHOWN = 200;

    private final WorkflowLoader loader;

    Differences(WorkflowLoader loader) {
        this.loader = loader;
    }

    /// @param before what the left side is called
    /// @param after what the right side is called
    /// @param changes in the words of workflows
    /// @param readable whether both texts could be read, so that the changes say everything
    record Comparison(
            String before,
            String after,
            SourceDiff diff,
            List<Difference> changes,
            boolean readable,
            int more,
            boolean linesOnly) {

        public String counts() {
            return "%s added, %s removed"
                    .formatted(Words.of(diff.added(), "line"), Words.of(diff.removed(), "line"));
        }
    }

    static Source source(Revision revision) {
        return new Source(
                revision.source, Format.valueOf(revision.format), "revision " + revision.number);
    }

    Comparison between(String beforeName, Source before, String afterName, Source after) {
        var old = loader.document(before);
        var fresh = loader.document(after);
        var changes =
                DefinitionDiff.between(
                        old.<Map<String, ?>>map(map -> map).orElse(Map.of()),
                        fresh.<Map<String, ?>>map(map -> map).orElse(Map.of()));
        var readable = old.isPresent() && fresh.isPresent() || before.text().isEmpty();
        return new Comparison(
                beforeName,
                afterName,
                SourceDiff.of(before.text(), after.text()),
                changes.stream().limit(MOST_SHOWN).toList(),
                readable,
                Math.max(0, changes.size() - MOST_SHOWN),
                false);
    }

    /// Texts that are no workflows.
    static Comparison lines(String beforeName, String before, String afterName, String after) {
        return new Comparison(
                beforeName, afterName, SourceDiff.of(before, after), List.of(), true, 0, true);
    }
}

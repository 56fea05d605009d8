package dev.leat.cli;

import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.task.Refusal;
import dev.leat.workflow.TaskSpec;
import dev.leat.workflow.Workflow;
import dev.leat.workflow.WorkflowLoader.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The workflows that a file's `subflow` tasks name, from the files beside it: so a file that is
/// run from the command line finds what it needs without a server.
final class Neighbours {

    private static final int MOST_FILES = 1_000;

    private final MainOrchestrator orchestrator;
    private final Set<String> stored = new HashSet<>();
    private @Nullable Map<String, Source> beside;

    Neighbours(MainOrchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    /// Stores those that the source names, and those that they name.
    void store(Source source) {
        var workflow = orchestrator.check(source).workflow();
        var folder = Path.of(source.name()).toAbsolutePath().getParent();
        if (workflow != null && folder != null && Files.isRegularFile(Path.of(source.name()))) {
            store(workflow, folder);
        }
    }

    private void store(Workflow workflow, Path folder) {
        Stream.of(workflow.tasks(), workflow.onFailure(), workflow.last())
                .flatMap(List::stream)
                .flatMap(Neighbours::named)
                .filter(stored::add)
                .forEach(name -> storeNamed(name, folder));
    }

    private static Stream<String> named(TaskSpec task) {
        var isSubflow = task.type().equals("subflow") || task.type().startsWith("subflow@");
        return isSubflow
                        && task.with().source() instanceof Map<?, ?> with
                        && with.get("workflow") instanceof String name
                ? Stream.of(name)
                : Stream.empty();
    }

    private void storeNamed(String name, Path folder) {
        var source = beside(folder).get(name);
        if (source == null) {
            return;
        }
        try {
            orchestrator.save(
                    new SaveWorkflow(source, null, 0, "cli", System.getProperty("user.name")));
        } catch (Refusal.Conflict belongsToAnotherFile) {
            return;
        }
        var workflow = orchestrator.check(source).workflow();
        if (workflow != null) {
            store(workflow, folder);
        }
    }

    /// By id, with and without the namespace.
    private Map<String, Source> beside(Path folder) {
        var known = beside;
        if (known != null) {
            return known;
        }
        var found = new LinkedHashMap<String, Source>();
        try (var files = Files.list(folder)) {
            files.filter(Neighbours::mayBeWorkflow)
                    .sorted()
                    .limit(MOST_FILES)
                    .forEach(file -> add(file, found));
        } catch (IOException gone) {
            // Then there are none.
        }
        beside = found;
        return found;
    }

    private static boolean mayBeWorkflow(Path file) {
        var name = file.getFileName().toString();
        return !name.endsWith(".test.json")
                && (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private void add(Path file, Map<String, Source> found) {
        try {
            var source = Sources.workflow(file.toString());
            var loaded = orchestrator.check(source);
            var workflow = loaded.workflow();
            if (workflow != null && !loaded.hasErrors()) {
                found.putIfAbsent(workflow.qualifiedId(), source);
                found.putIfAbsent(workflow.id(), source);
            }
        } catch (Sources.Unreadable notOneOfOurs) {
            // Whoever needs it is told that there is no such workflow.
        }
    }
}

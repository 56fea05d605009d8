package dev.leat.trigger;

import dev.leat.engine.DefinitionProblems;
import dev.leat.engine.DefinitionProblems.BadFile;
import dev.leat.engine.MainOrchestrator;
import dev.leat.engine.MainOrchestrator.SaveWorkflow;
import dev.leat.plugin.FolderWatch;
import dev.leat.plugin.TaskRegistry;
import dev.leat.store.WorkflowHead;
import dev.leat.store.WorkflowStore;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.trigger.WorkflowFiles.Stamp;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps the stored workflows in step with a folder of files. A file that can't be used leaves its
/// workflow at the last good revision and is reported; a file that is gone takes its workflow off
/// the list.
@ApplicationScoped
class WorkflowFolder {

    static final String FILE = "file:";
    private static final Logger LOG = Logger.getLogger(WorkflowFolder.class);
    private static final int AFTER_EVERYTHING_ELSE = 5_000;
    private static final int AT_ONCE = 16;

    private final Path folder;
    private final TriggerConfig config;
    private final boolean serving;
    private final MainOrchestrator orchestrator;
    private final WorkflowStore workflows;
    private final TaskRegistry registry;
    private final DefinitionProblems problems;
    private final DocumentFiles documents;

    /// What each file was when it was last looked at.
    private final Map<String, Stamp> seen = new ConcurrentHashMap<>();

    /// Which workflow each good file held.
    private final Map<String, String> loaded = new ConcurrentHashMap<>();

    private final Map<String, List<Problem>> bad = new ConcurrentHashMap<>();
    private long generation = -1;
    private boolean missing;
    private @Nullable FolderWatch watch;

    WorkflowFolder(
            TriggerConfig config,
            @ConfigProperty(name = "leat.serving") boolean serving,
            MainOrchestrator orchestrator,
            WorkflowStore workflows,
            TaskRegistry registry,
            DefinitionProblems problems,
            DocumentFiles documents) {
        this.config = config;
        this.folder = config.directory();
        this.serving = serving;
        this.orchestrator = orchestrator;
        this.workflows = workflows;
        this.registry = registry;
        this.problems = problems;
        this.documents = documents;
    }

    /// Before the server listens, so that whoever asks it finds the workflows there.
    void start(@Observes @Priority(AFTER_EVERYTHING_ELSE) StartupEvent event) {
        if (!serving) {
            return;
        }
        scan();
        try {
            watch = FolderWatch.start(folder, config.poll(), this::scan);
        } catch (IOException e) {
            LOG.errorf(
                    "%s can't be watched (%s): changes count after the next start.",
                    folder, e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        if (watch != null) {
            watch.close();
        }
    }

    synchronized void scan() {
        var others = new TreeMap<String, Stamp>();
        var files = list(others);
        if (files == null) {
            return;
        }
        // First: workflows may name them.
        documents.scan(folder, others);
        lookAgainAtBadFilesIfTypesChanged();
        forget(files);
        deleteOrphans(files);
        loadChanged(files);
        deleteOrphans(files);
        report();
    }

    /// Null where the folder can't be listed: that is no reason to think its files are deleted.
    private @Nullable TreeMap<String, Stamp> list(TreeMap<String, Stamp> others) {
        try {
            if (Files.isDirectory(folder)) {
                missing = false;
                return WorkflowFiles.list(folder, others);
            }
            if (!missing) {
                LOG.infof("There is no folder %s; workflows come from REST alone.", folder);
            }
        } catch (IOException e) {
            LOG.warnf("%s can't be listed (%s); its workflows stay.", folder, e.getMessage());
        }
        missing = true;
        return null;
    }

    private void lookAgainAtBadFilesIfTypesChanged() {
        long now = registry.generation();
        if (generation != now) {
            generation = now;
            bad.keySet().forEach(seen::remove);
        }
    }

    private void forget(TreeMap<String, Stamp> files) {
        seen.keySet().retainAll(files.keySet());
        loaded.keySet().retainAll(files.keySet());
        bad.keySet().retainAll(files.keySet());
    }

    /// Workflows whose file is gone, or holds another workflow now.
    private void deleteOrphans(TreeMap<String, Stamp> files) {
        for (var head : workflows.current()) {
            if (head.origin.startsWith(FILE) && orphaned(head, files)) {
                try {
                    orchestrator.deleteFromFile(head.id);
                    LOG.infof("Workflow '%s' is off the list: its file is gone.", head.id);
                } catch (Refusal e) {
                    LOG.warnf("Workflow '%s' stays: %s", head.id, e.sentence());
                }
            }
        }
    }

    private boolean orphaned(WorkflowHead head, TreeMap<String, Stamp> files) {
        var path = head.origin.substring(FILE.length());
        var holds = loaded.get(path);
        return !files.containsKey(path) || holds != null && !holds.equals(head.id);
    }

    private void loadChanged(TreeMap<String, Stamp> files) {
        var room = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            files.forEach(
                    (path, stamp) -> {
                        if (!stamp.equals(seen.get(path))) {
                            room.acquireUninterruptibly();
                            threads.execute(
                                    () -> {
                                        load(path, stamp);
                                        room.release();
                                    });
                        }
                    });
        }
    }

    private void load(String path, Stamp stamp) {
        try {
            var source = WorkflowFiles.read(folder, path);
            var saved = orchestrator.save(new SaveWorkflow(source, null, 0, FILE + path, null));
            loaded.put(path, saved.revision().workflow);
            bad.remove(path);
            seen.put(path, stamp);
            if (saved.created()) {
                LOG.infof(
                        "Workflow '%s' is at revision %d, from %s.",
                        saved.revision().workflow, saved.revision().number, path);
            }
        } catch (Refusal.Unavailable e) {
            LOG.warnf("%s is loaded later: %s", path, e.sentence());
        } catch (Refusal.Invalid e) {
            unusable(path, stamp, e.problems());
        } catch (Refusal e) {
            // Another file or door owns the workflow; that may end without this file changing.
            unusable(path, List.of(Problem.error("refused", "", e.sentence())));
        } catch (WorkflowFiles.Unreadable e) {
            unusable(path, stamp, List.of(e.problem()));
        } catch (IOException e) {
            var sentence = "The file can't be read: " + e.getMessage();
            unusable(path, stamp, List.of(Problem.error("unreadable", "", sentence)));
        } catch (RuntimeException e) {
            LOG.errorf(e, "Loading %s failed; the other files are loaded all the same.", path);
            unusable(path, stamp, List.of(Problem.error("failed", "", "The log says more.")));
        }
    }

    private void unusable(String path, Stamp stamp, List<Problem> found) {
        seen.put(path, stamp);
        unusable(path, found);
    }

    private void unusable(String path, List<Problem> found) {
        if (!found.equals(bad.put(path, found))) {
            LOG.warnf("%s can't be used: %s", path, found.getFirst());
        }
    }

    private void report() {
        var files = new ArrayList<BadFile>();
        var all = new TreeMap<>(bad);
        all.putAll(documents.bad());
        all.forEach((path, found) -> files.add(new BadFile(path, found)));
        problems.replace(files);
    }
}

package dev.leat.trigger;

import dev.leat.engine.firing.CalendarDocuments;
import dev.leat.engine.firing.Calendars;
import dev.leat.store.StoredDocument;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.trigger.WorkflowFiles.Stamp;
import dev.leat.workflow.DocumentText;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/// Keeps the stored calendars and blackouts in step with the files of the workflows' folder. A file
/// that can't be used leaves what was good; one that is gone takes its document with it.
@ApplicationScoped
class DocumentFiles {

    private static final String FILE = CalendarDocuments.FILE;
    private static final Logger LOG = Logger.getLogger(DocumentFiles.class);

    private final CalendarDocuments documents;
    private final Calendars calendars;

    /// What each file was when it was last looked at.
    private final Map<String, Stamp> seen = new HashMap<>();

    /// Which document each good file held.
    private final Map<String, String> loaded = new HashMap<>();

    private final TreeMap<String, List<Problem>> bad = new TreeMap<>();

    DocumentFiles(CalendarDocuments documents, Calendars calendars) {
        this.documents = documents;
        this.calendars = calendars;
    }

    /// @param files all of them, by their path within the folder
    synchronized void scan(Path folder, TreeMap<String, Stamp> files) {
        seen.keySet().retainAll(files.keySet());
        loaded.keySet().retainAll(files.keySet());
        bad.keySet().retainAll(files.keySet());
        // A file that is renamed has its document first taken off and then stored again.
        deleteOrphans(files);
        files.forEach(
                (path, stamp) -> {
                    if (!stamp.equals(seen.get(path))) {
                        load(folder, path, stamp);
                    }
                });
        deleteOrphans(files);
    }

    /// What is wrong with files that can't be used, by their path.
    synchronized Map<String, List<Problem>> bad() {
        return new TreeMap<>(bad);
    }

    private void deleteOrphans(TreeMap<String, Stamp> files) {
        var stored = new ArrayList<StoredDocument>();
        calendars.calendars().forEach(entry -> stored.add(entry.stored()));
        calendars.blackouts().forEach(entry -> stored.add(entry.stored()));
        for (var document : stored) {
            if (document.origin().startsWith(FILE) && isOrphan(document, files)) {
                try {
                    documents.delete(document.kind(), document.id(), true);
                    LOG.infof("%s '%s' is gone with its file.", word(document), document.id());
                } catch (Refusal e) {
                    LOG.warnf("%s '%s' stays: %s", word(document), document.id(), e.sentence());
                }
            }
        }
    }

    private boolean isOrphan(StoredDocument document, TreeMap<String, Stamp> files) {
        var path = document.origin().substring(FILE.length());
        var holds = loaded.get(path);
        return !files.containsKey(path) || (holds != null && !holds.equals(document.id()));
    }

    private static String word(StoredDocument document) {
        return switch (document.kind()) {
            case CALENDAR -> "Calendar";
            case BLACKOUT -> "Blackout";
        };
    }

    private void load(Path folder, String path, Stamp stamp) {
        try {
            var name = Path.of(path).getFileName().toString();
            var text =
                    new DocumentText(
                            WorkflowFiles.read(folder, path).text(),
                            DocumentText.formatOf(name),
                            path,
                            DocumentText.idOf(name));
            var kind = DocumentText.isCalendar(name) ? Kind.CALENDAR : Kind.BLACKOUT;
            var saved = documents.save(kind, text, null, FILE + path, null);
            loaded.put(path, saved.document().id());
            bad.remove(path);
            seen.put(path, stamp);
            if (saved.changed()) {
                LOG.infof(
                        "%s '%s' is stored, from %s.",
                        word(saved.document()), saved.document().id(), path);
            }
        } catch (Refusal.Unavailable e) {
            LOG.warnf("%s is loaded later: %s", path, e.sentence());
        } catch (Refusal.Invalid e) {
            seen.put(path, stamp);
            unusable(path, e.problems());
        } catch (Refusal e) {
            // Another file or door owns it; that may end without this file changing.
            unusable(path, List.of(Problem.error("refused", "", e.sentence())));
        } catch (WorkflowFiles.Unreadable e) {
            seen.put(path, stamp);
            unusable(path, List.of(e.problem()));
        } catch (IOException e) {
            var sentence = "The file can't be read: " + e.getMessage();
            unusable(path, List.of(Problem.error("unreadable", "", sentence)));
        }
    }

    private void unusable(String path, List<Problem> found) {
        if (!found.equals(bad.put(path, found))) {
            LOG.warnf("%s can't be used: %s", path, found.getFirst());
        }
    }
}

package dev.leat.engine.firing;

import dev.leat.store.Change;
import dev.leat.store.Journal;
import dev.leat.store.StoredDocument;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import dev.leat.workflow.BlackoutReader;
import dev.leat.workflow.CalendarDocument;
import dev.leat.workflow.CalendarReader;
import dev.leat.workflow.DocumentRead;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.schedule.Blackout;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Takes calendars and blackouts in, whichever door they come by. They have no revisions: the last
/// text counts, and who gave it is kept with it.
@ApplicationScoped
public class CalendarDocuments {

    /// What begins so came from a file, which owns it.
    public static final String FILE = "file:";

    private final Calendars known;
    private final CalendarReader calendars;
    private final BlackoutReader blackouts;
    private final Journal journal;
    private final InstantSource clock;

    CalendarDocuments(
            Calendars known,
            CalendarReader calendars,
            BlackoutReader blackouts,
            Journal journal,
            InstantSource clock) {
        this.known = known;
        this.calendars = calendars;
        this.blackouts = blackouts;
        this.journal = journal;
        this.clock = clock;
    }

    /// @param problems warnings
    /// @param created whether there was none with this id
    /// @param changed whether anything was written
    public record Saved(
            StoredDocument document, List<Problem> problems, boolean created, boolean changed) {}

    /// @param origin `api`, `cli`, `dashboard`, or `file:<path>`
    /// @param expectedId the id that the text must have; null for any
    /// @throws Refusal.Invalid with everything that is wrong with the text
    public Saved save(
            Kind kind,
            DocumentText text,
            @Nullable String expectedId,
            String origin,
            @Nullable String author) {
        return save(kind, text, expectedId, origin, author, null);
    }

    /// Which text it is: changes with each that is saved.
    public static String version(StoredDocument document) {
        return String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, document.savedAt()));
    }

    /// @param seen the version that was edited, so that nobody's edit is lost; empty where there
    /// was none; null for any
    /// @throws Refusal.Conflict where somebody saved meanwhile
    public synchronized Saved save(
            Kind kind,
            DocumentText text,
            @Nullable String expectedId,
            String origin,
            @Nullable String author,
            @Nullable String seen) {
        var read = read(kind, text);
        var problems = read.problems();
        var id = read.document().orElseThrow(() -> refused(kind, text, problems));
        refuseOtherId(id, expectedId);
        var before = known.stored(kind, id);
        refuseStaleEdit(kind, id, before, seen);
        before.filter(found -> !found.origin().equals(origin))
                .ifPresent(found -> refuseIfOwned(found, "Edit the file, or use another id."));
        if (before.isPresent()
                && before.get().source().equals(text.text())
                && before.get().format().equals(text.format().name())
                && before.get().origin().equals(origin)) {
            return new Saved(before.get(), problems, false, false);
        }
        var document =
                new StoredDocument(
                        kind,
                        id,
                        text.text(),
                        text.format().name(),
                        origin,
                        author,
                        clock.instant());
        write(new Change.DocumentSaved(document));
        return new Saved(document, problems, before.isEmpty(), true);
    }

    private static void refuseStaleEdit(
            Kind kind, String id, Optional<StoredDocument> before, @Nullable String seen) {
        if (seen != null && !seen.equals(before.map(CalendarDocuments::version).orElse(""))) {
            if (seen.isEmpty()) {
                throw new Refusal.Conflict("There is a %s '%s' already.".formatted(word(kind), id));
            }
            throw new Refusal.Conflict(
                    before.isEmpty()
                            ? "Somebody has deleted the %s '%s' meanwhile."
                                    .formatted(word(kind), id)
                            : "Somebody has saved the %s '%s' meanwhile."
                                    .formatted(word(kind), id));
        }
    }

    /// The id that a text gives; empty where it can't be read.
    public Optional<String> idOf(Kind kind, DocumentText text) {
        return read(kind, text).document();
    }

    /// The document's id, or what is wrong with its text.
    private DocumentRead<String> read(Kind kind, DocumentText text) {
        return switch (kind) {
            case CALENDAR -> {
                var read = calendars.read(text);
                yield new DocumentRead<>(
                        read.document().map(CalendarDocument::id), read.problems());
            }
            case BLACKOUT -> {
                var read = blackouts.read(text);
                yield new DocumentRead<>(read.document().map(Blackout::id), read.problems());
            }
        };
    }

    private static Refusal.Invalid refused(Kind kind, DocumentText text, List<Problem> problems) {
        var errors = problems.stream().filter(Problem::isError).count();
        return new Refusal.Invalid(
                "The %s in %s has %s and was not taken."
                        .formatted(
                                word(kind),
                                text.name(),
                                errors == 1 ? "a problem" : errors + " problems"),
                problems);
    }

    private static void refuseOtherId(String id, @Nullable String expected) {
        if (expected != null && !expected.equals(id)) {
            var sentence =
                    "The text says '%s' and the address says '%s'. They must be the same."
                            .formatted(id, expected);
            throw new Refusal.Invalid(
                    sentence, List.of(Problem.error("id-mismatch", "/id", sentence)));
        }
    }

    /// @param byItsFile whether the file that owns it is gone
    public void delete(Kind kind, String id, boolean byItsFile) {
        var found = stored(kind, id);
        if (!byItsFile) {
            refuseIfOwned(found, "Delete the file.");
        }
        write(new Change.DocumentDeleted(kind, id));
    }

    /// @throws Refusal.NotFound where there is none
    public StoredDocument stored(Kind kind, String id) {
        return known.stored(kind, id)
                .orElseThrow(
                        () ->
                                new Refusal.NotFound(
                                        "There is no %s '%s'.".formatted(word(kind), id)));
    }

    private static void refuseIfOwned(StoredDocument found, String remedy) {
        if (found.origin().startsWith(FILE)) {
            throw new Refusal.Conflict(
                    "The %s '%s' belongs to the file %s. %s"
                            .formatted(
                                    word(found.kind()),
                                    found.id(),
                                    found.origin().substring(FILE.length()),
                                    remedy));
        }
    }

    private void write(Change change) {
        try {
            journal.write(List.of(change)).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException refused ? refused : failure;
        } finally {
            known.forget();
        }
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

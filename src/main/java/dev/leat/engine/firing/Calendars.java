package dev.leat.engine.firing;

import dev.leat.store.DocumentStore;
import dev.leat.store.Signals;
import dev.leat.store.StoredDocument;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.workflow.BlackoutReader;
import dev.leat.workflow.CalendarDocument;
import dev.leat.workflow.CalendarReader;
import dev.leat.workflow.DocumentRead;
import dev.leat.workflow.DocumentText;
import dev.leat.workflow.schedule.Blackout;
import dev.leat.workflow.schedule.Blackout.Action;
import dev.leat.workflow.schedule.BusinessCalendar;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The calendars and blackouts there are now, answered from memory: a change counts as soon as it
/// is on disk, one by another node a moment later.
@ApplicationScoped
public class Calendars {

    /// After so long it is looked whether anything was missed.
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Logger LOG = Logger.getLogger(Calendars.class);

    private final DocumentStore store;
    private final CalendarReader calendars;
    private final BlackoutReader blackouts;
    private volatile boolean stale = true;
    private volatile @Nullable Known known;

    Calendars(
            DocumentStore store,
            CalendarReader calendars,
            BlackoutReader blackouts,
            Signals signals) {
        this.store = store;
        this.calendars = calendars;
        this.blackouts = blackouts;
        signals.listenForDocuments(this::forget);
    }

    /// A document and what it says.
    ///
    /// @param read without a document where it can't be read any more
    public record Entry<T>(StoredDocument stored, DocumentRead<T> read) {}

    /// @param readAt of the process's own clock
    private record Known(
            List<StoredDocument> documents,
            Map<String, Entry<CalendarDocument>> calendars,
            Map<String, Entry<Blackout>> blackouts,
            long readAt) {}

    /// Empty where there is no such calendar: a fire that needs it is then skipped, for the days
    /// would silently be wrong ones.
    public Optional<BusinessCalendar> calendar(String id) {
        return Optional.ofNullable(known().calendars().get(id))
                .flatMap(entry -> entry.read().document())
                .map(CalendarDocument::calendar);
    }

    /// The blackout that a workflow is in at a moment. Of several one that skips counts, and else
    /// the one that is over last.
    ///
    /// @param workflow its id, with its namespace before it where it has one
    public Optional<Blackout.Window> blackout(String workflow, Instant at) {
        return known().blackouts().values().stream()
                .flatMap(entry -> entry.read().document().stream())
                .flatMap(blackout -> blackout.at(workflow, at).stream())
                .max(
                        Comparator.comparing(
                                        (Blackout.Window window) -> window.action() == Action.SKIP)
                                .thenComparing(Blackout.Window::until));
    }

    /// By id.
    public List<Entry<CalendarDocument>> calendars() {
        return List.copyOf(known().calendars().values());
    }

    /// By id.
    public List<Entry<Blackout>> blackouts() {
        return List.copyOf(known().blackouts().values());
    }

    public Optional<StoredDocument> stored(Kind kind, String id) {
        return known().documents().stream()
                .filter(document -> document.kind() == kind && document.id().equals(id))
                .findFirst();
    }

    /// The next question reads them anew.
    void forget() {
        stale = true;
    }

    private Known known() {
        var last = known;
        return last == null || stale || isOld(last) ? readAnew() : last;
    }

    private static boolean isOld(Known last) {
        return System.nanoTime() - last.readAt() > LONGEST.toNanos();
    }

    /// Where the database can't be asked, what was known counts.
    private synchronized Known readAnew() {
        var last = known;
        if (last != null && !stale && !isOld(last)) {
            return last;
        }
        // Before they are read: a change meanwhile makes them stale again.
        stale = false;
        try {
            var documents = store.all();
            var read =
                    last != null && last.documents().equals(documents)
                            ? new Known(
                                    documents,
                                    last.calendars(),
                                    last.blackouts(),
                                    System.nanoTime())
                            : read(documents);
            known = read;
            return read;
        } catch (RuntimeException e) {
            stale = true;
            if (last == null) {
                throw e;
            }
            LOG.debugf(e, "Calendars and blackouts can't be read at the moment.");
            return last;
        }
    }

    private Known read(List<StoredDocument> documents) {
        var readCalendars = new LinkedHashMap<String, Entry<CalendarDocument>>();
        var readBlackouts = new LinkedHashMap<String, Entry<Blackout>>();
        for (var stored : documents) {
            var text =
                    new DocumentText(
                            stored.source(),
                            DocumentText.Format.valueOf(stored.format()),
                            stored.id(),
                            stored.id());
            switch (stored.kind()) {
                case CALENDAR ->
                        readCalendars.put(stored.id(), new Entry<>(stored, calendars.read(text)));
                case BLACKOUT ->
                        readBlackouts.put(stored.id(), new Entry<>(stored, blackouts.read(text)));
            }
        }
        return new Known(documents, readCalendars, readBlackouts, System.nanoTime());
    }
}

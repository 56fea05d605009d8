package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.DocumentStore;
import dev.leat.store.Journal;
import dev.leat.store.SavedView;
import dev.leat.task.Problem;
import dev.leat.task.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Lists with their filters that somebody has given a name, for everybody.
@ApplicationScoped
public class SavedViews {

    /// What can be kept: the lists that have filters.
    public static final Set<String> PATHS = Set.of("/runs", "/workflows", "/ledger", "/logs");

    private static final int MOST = 200;
    private static final int LONGEST_QUERY = 2_000;
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\s][^\\p{Cntrl}]{0,59}");

    private final DocumentStore store;
    private final Journal journal;
    private final InstantSource clock;

    SavedViews(DocumentStore store, Journal journal, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /// By name.
    public List<SavedView> all() {
        return store.views();
    }

    /// Takes the place of the view that has the name, if there is one. On disk when this returns.
    ///
    /// @param query as it stands in an address, with or without the `?`
    /// @throws Refusal.Invalid where it can't be kept so
    public SavedView save(String name, String path, String query) {
        var filter = query.startsWith("?") ? query.substring(1) : query;
        var view = new SavedView(name.strip(), path, filter, clock.instant());
        check(view);
        write(new Change.ViewSaved(view));
        return view;
    }

    private void write(Change change) {
        Writes.await(journal.write(List.of(change)));
    }

    private void check(SavedView view) {
        refuseUnless(
                NAME.matcher(view.name()).matches(),
                "name",
                "A view's name has from 1 to 60 characters.");
        refuseUnless(
                PATHS.contains(view.path()),
                "path",
                "A view is of one of " + String.join(", ", PATHS.stream().sorted().toList()) + ".");
        refuseUnless(
                view.query().length() <= LONGEST_QUERY
                        && view.query().chars().allMatch(letter -> letter > ' ' && letter < 127),
                "query",
                "A view's query is what stands behind the ? of an address, up to 2000 characters.");
        var known = all();
        refuseUnless(
                known.size() < MOST
                        || known.stream().anyMatch(other -> other.name().equals(view.name())),
                "name",
                "There are 200 views already. Delete one first.");
    }

    private static void refuseUnless(boolean fine, String where, String sentence) {
        if (!fine) {
            throw new Refusal.Invalid(
                    sentence, List.of(Problem.error("bad-view", "/" + where, sentence)));
        }
    }

    /// @throws Refusal.NotFound where there is none
    public void delete(String name) {
        if (all().stream().noneMatch(view -> view.name().equals(name))) {
            throw new Refusal.NotFound("There is no view '%s'.".formatted(name));
        }
        write(new Change.ViewDeleted(name));
    }
}

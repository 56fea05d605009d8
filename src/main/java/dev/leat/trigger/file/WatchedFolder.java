package dev.leat.trigger.file;

import dev.leat.engine.firing.Armed;
import dev.leat.engine.firing.Fires;
import dev.leat.engine.firing.Slot;
import dev.leat.store.TriggerStore;
import dev.leat.task.Refusal;
import dev.leat.trigger.file.FileRoots.Folder;
import dev.leat.trigger.file.FileRoots.Unusable;
import dev.leat.trigger.file.FolderListing.Found;
import dev.leat.trigger.file.Sightings.Arrival;
import dev.leat.workflow.TriggerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The folder of one trigger. What needs no run is what was there before the trigger was, and what
/// the ledger has: so nothing is forgotten by a restart, and what came meanwhile fires then.
final class WatchedFolder {

    private static final Logger LOG = Logger.getLogger(WatchedFolder.class);
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(2);

    private final FileRoots roots;
    private final Fires fires;
    private final TriggerStore store;
    private final InstantSource clock;
    private final int most;
    private final Instant since;
    private Armed armed;
    private @Nullable Sightings sightings;
    private @Nullable Instant again;

    /// @param oldest what came before that is too old for the ledger to know
    WatchedFolder(
            Armed armed,
            FileRoots roots,
            Fires fires,
            TriggerStore store,
            InstantSource clock,
            int most,
            Instant oldest) {
        this.armed = armed;
        this.roots = roots;
        this.fires = fires;
        this.store = store;
        this.clock = clock;
        this.most = most;
        var first = armed.state().settledUntil();
        this.since = first.isBefore(oldest) ? oldest : first;
    }

    static TriggerSpec.File kind(Armed armed) {
        return (TriggerSpec.File) armed.spec().kind();
    }

    /// The same trigger after its workflow was saved.
    synchronized void armed(Armed now) {
        now.trouble(armed.trouble());
        armed = now;
        if (sightings != null) {
            sightings.settle(kind(now).settle());
        }
    }

    /// Fires for what has settled by now.
    ///
    /// @return the folder; nothing where it can't be looked at, which the trigger tells
    synchronized Optional<Path> look() {
        var file = kind(armed);
        again = null;
        try {
            var folder = roots.resolve(file.directory());
            var found = FolderListing.of(folder, FolderListing.glob(file.glob()), most);
            armed.trouble(null);
            fire(folder, found);
            return Optional.of(folder.directory());
        } catch (Unusable e) {
            trouble(e.sentence());
        } catch (IOException e) {
            trouble("'%s' can't be looked through: %s".formatted(file.directory(), e));
        } catch (Refusal.Unavailable later) {
            LOG.debugf("Files in '%s' wait: %s", file.directory(), later.sentence());
            again = clock.instant().plus(BEFORE_TRYING_AGAIN);
        }
        return Optional.empty();
    }

    /// When it should be looked at again, where that can't wait for the next change.
    synchronized Optional<Instant> next() {
        if (again != null) {
            return Optional.of(again);
        }
        return sightings == null ? Optional.empty() : sightings.next();
    }

    private void trouble(String sentence) {
        if (!sentence.equals(armed.trouble())) {
            LOG.logf(
                    armed.spec().enabled() ? Logger.Level.WARN : Logger.Level.DEBUG,
                    "Trigger '%s' of '%s' can't fire: %s",
                    armed.id(),
                    armed.workflow(),
                    sentence);
            armed.trouble(sentence);
        }
    }

    private void fire(Folder folder, Map<String, Found> found) {
        var seen = sightings(found);
        seen.gone(stamps(found)).forEach(seen::forget);
        for (var arrival : seen.look(stamps(found), clock.instant())) {
            var created = arrival.created();
            var kind = kind(armed);
            if (created ? kind.onCreated() : kind.onChanged()) {
                fire(folder, arrival, created);
            }
            seen.know(arrival.path(), arrival.stamp());
        }
    }

    /// At the first look, files that the ledger has are known as they were then, and of the others
    /// those that were there before the trigger was.
    private Sightings sightings(Map<String, Found> found) {
        var seen = sightings;
        if (seen == null) {
            var fired = FileSlots.stamps(store.slots(armed.workflow(), armed.id(), 2 * most));
            var known = new HashMap<String, Stamp>();
            found.forEach(
                    (path, file) -> {
                        var stamp = fired.get(FileSlots.name(path));
                        if (stamp != null) {
                            known.put(path, stamp);
                        } else if (file.placed().isBefore(since)) {
                            known.put(path, file.stamp());
                        }
                    });
            seen = new Sightings(kind(armed).settle(), known);
            sightings = seen;
        }
        return seen;
    }

    /// @throws Refusal.Unavailable where it has to be tried again
    private void fire(Folder folder, Arrival arrival, boolean created) {
        var file = folder.directory().resolve(arrival.path());
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("path", file.toString());
        facts.put("relativePath", arrival.path());
        facts.put("name", String.valueOf(file.getFileName()));
        facts.put("directory", folder.directory().toString());
        facts.put("event", created ? "created" : "changed");
        facts.put("size", arrival.stamp().size());
        facts.put(
                "modifiedAt",
                Instant.EPOCH.plus(arrival.stamp().modified(), ChronoUnit.MICROS).toString());
        var slot = FileSlots.of(arrival.path(), arrival.stamp());
        fires.fire(armed, new Slot(slot, clock.instant(), facts));
    }

    private static Map<String, Stamp> stamps(Map<String, Found> found) {
        var stamps = new LinkedHashMap<String, Stamp>();
        found.forEach((path, file) -> stamps.put(path, file.stamp()));
        return stamps;
    }
}

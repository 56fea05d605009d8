package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Tells what was just committed, to those who watch.
@ApplicationScoped
public class RunFeed {

    private static final Logger LOG = Logger.getLogger(RunFeed.class);

    private final ConcurrentMap<Long, List<Consumer<Transition>>> ofRun = new ConcurrentHashMap<>();
    private final List<Consumer<Transition>> ofAll = new CopyOnWriteArrayList<>();
    private final List<Consumer<JournalEntry>> ofEntries = new CopyOnWriteArrayList<>();

    /// Hears every transition of a run that is committed from now on, in order, on the committer's
    /// thread: be quick.
    public RunLogs.Subscription follow(long run, Consumer<Transition> listener) {
        return Listeners.add(ofRun, run, listener);
    }

    /// The same for all runs.
    public RunLogs.Subscription followAll(Consumer<Transition> listener) {
        ofAll.add(listener);
        return () -> ofAll.remove(listener);
    }

    /// The same for whole writes.
    void followEntries(Consumer<JournalEntry> listener) {
        ofEntries.add(listener);
    }

    void publish(JournalEntry entry) {
        for (var listener : ofEntries) {
            try {
                listener.accept(entry);
            } catch (RuntimeException e) {
                LOG.errorf(e, "A listener to writes failed; the others heard of it.");
            }
        }
        publish(entry.transitions);
    }

    private void publish(List<Transition> committed) {
        if (ofAll.isEmpty() && ofRun.isEmpty()) {
            return;
        }
        for (var transition : committed) {
            tell(ofAll, transition);
            tell(ofRun.getOrDefault(transition.run, List.of()), transition);
        }
    }

    private static void tell(List<Consumer<Transition>> listeners, Transition transition) {
        for (var listener : listeners) {
            try {
                listener.accept(transition);
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "A listener to run %s failed; the others heard of its transition %d.",
                        Ids.text(transition.run),
                        transition.seq);
            }
        }
    }
}

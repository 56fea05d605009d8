package dev.leat.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;

/// Tells what was just committed, to those who watch.
@ApplicationScoped
public class RunFeed {

    /// Hears every transition of a run that is committed from now on, in order, on the committer's
    // thread: be quick.
    public RunLogs.Subscription follow(long run, Consumer<Transition> listener) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The same for all runs.
    public RunLogs.Subscription followAll(Consumer<Transition> listener) {
        throw new UnsupportedOperationException("not yet");
    }
}

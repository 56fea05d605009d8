package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.RunState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Those who have something to say when a run ends. What follows from an end is written together
/// with it, so that it can't be lost between the two.
@Singleton
public final class RunEnds {

    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    RunEnds() {}

    /// Asked on the way of every run: it must be quick, and touch nothing but memory.
    @FunctionalInterface
    public interface Follower {
        /// What is written together with the end.
        List<Change> following(long run, String workflow, RunState state, Instant at);
    }

    void follow(Follower follower) {
        followers.add(follower);
    }

    /// Adds what follows from an end that is among the changes of a run.
    void addTo(List<Change> changes, String workflow) {
        if (followers.isEmpty()) {
            return;
        }
        for (int at = changes.size() - 1; at >= 0; at--) {
            if (changes.get(at) instanceof Change.RunChanged ended && ended.state().terminal()) {
                for (var follower : followers) {
                    changes.addAll(
                            follower.following(ended.run(), workflow, ended.state(), ended.at()));
                }
                return;
            }
        }
    }

    /// The same changes, and what follows from an end among them.
    List<Change> with(String workflow, Change... changes) {
        var all = new ArrayList<>(List.of(changes));
        addTo(all, workflow);
        return all;
    }
}

package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.RunState;
import jakarta.inject.Singleton;
import java.time.Instant;
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

    List<Change> following(long run, String workflow, RunState state, Instant at) {
        if (followers.isEmpty()) {
            return List.of();
        }
        return followers.stream()
                .flatMap(follower -> follower.following(run, workflow, state, at).stream())
                .toList();
    }
}

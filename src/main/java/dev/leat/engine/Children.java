package dev.leat.engine;

import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import java.util.concurrent.CompletableFuture;

/// The runs that tasks of other runs start and wait for.
interface Children {

    /// What is to be started, with everything decided that mustn't change when it is tried again:
    /// the revision and the run's id.
    ///
    /// @return the same waiting with those filled in, or a failure where it can't be started
    Outcome prepare(Parent parent, Outcome.Awaiting waiting, Awaited.Run child);

    /// Starts the child unless it is there, and waits for its end.
    CompletableFuture<Answers.Given> whenEnded(Parent parent, Awaited.Run child);

    /// Asks it to end.
    void stop(String run, String why);

    /// Who starts it.
    ///
    /// @param depth how many runs are above it
    record Parent(long run, String task, int depth, String workflow) {}
}

package dev.leat.engine;

import org.jspecify.annotations.Nullable;

/// One attempt while it runs: the thread it has, and the wish that it ends.
final class Attempt {

    final TaskCell task;
    final int number;

    private @Nullable Thread thread;
    private volatile @Nullable String stopping;

    Attempt(TaskCell task, int number) {
        this.task = task;
        this.number = number;
    }

    /// Called by the thread that is about to perform it.
    ///
    /// @return false where it was stopped before it began
    synchronized boolean begin() {
        thread = Thread.currentThread();
        return stopping == null;
    }

    /// Called by the same thread once the task has let go: no interrupt hits what follows.
    synchronized void end() {
        thread = null;
        Thread.interrupted();
    }

    /// Asks it to end, by an interrupt. Safe to repeat.
    synchronized void stop(String why) {
        stopping = why;
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /// Why it was asked to end; null where it wasn't.
    @Nullable String stopping() {
        return stopping;
    }
}

package dev.leat.cli;

import dev.leat.store.RunEvent;

/// Shows a run while it goes on.
interface RunView extends AutoCloseable {

    void show(RunEvent event);

    /// Called several times a second, also when nothing happened.
    default void tick() {}

    /// Shows the last state and leaves the terminal as it was.
    @Override
    default void close() {}

    RunView NONE = _ -> {};
}

package dev.leat.engine;

import dev.leat.store.Change;
import java.util.List;

/// One move of a [RunMachine]: the changes go to disk as one write, then the commands are carried
/// out.
record Step(List<Change> changes, List<Command> commands) {

    boolean isEmpty() {
        return changes.isEmpty() && commands.isEmpty();
    }
}

package dev.leat.engine;

import dev.leat.store.Change;
import java.util.ArrayList;
import java.util.List;

/// One move of a [RunMachine]: the changes go to disk as one write, then the commands are carried
/// out.
record Step(List<Change> changes, List<Command> commands) {

    /// What came after it in the same move.
    Step and(Step later) {
        return new Step(joined(changes, later.changes), joined(commands, later.commands));
    }

    Step and(Change change) {
        return and(new Step(List.of(change), List.of()));
    }

    private static <T> List<T> joined(List<T> first, List<T> then) {
        var all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    boolean isEmpty() {
        return changes.isEmpty() && commands.isEmpty();
    }
}

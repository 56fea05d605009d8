package dev.leat.store;

import java.util.List;
import java.util.stream.Stream;

/// What a thread has while it decides under a lock of all nodes, see [Locks]. What it writes
/// meanwhile is kept only if it has the lock still, and whoever gets the lock next waits for the
/// transaction that keeps it. So a lock may be lost, with its connection or because its holder was
/// stopped, and no two decide by the same rows all the same.
///
/// @param names of the lock, and of those around it
/// @param transaction of the database with which the locks end
record Hold(List<String> names, long transaction) {

    Hold {
        names = List.copyOf(names);
    }

    /// With one more lock, in the same transaction.
    Hold and(String name) {
        return new Hold(Stream.concat(names.stream(), Stream.of(name)).toList(), transaction);
    }
}

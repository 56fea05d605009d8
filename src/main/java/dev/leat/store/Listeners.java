package dev.leat.store;

import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Listeners by run; a run without any takes no room.
final class Listeners {

    private Listeners() {}

    static <T> RunLogs.Subscription add(
            ConcurrentMap<Long, List<Consumer<T>>> listeners, long run, Consumer<T> listener) {
        listeners.compute(
                run,
                (_, known) -> {
                    var all = known == null ? new CopyOnWriteArrayList<Consumer<T>>() : known;
                    all.add(listener);
                    return all;
                });
        return () ->
                listeners.computeIfPresent(
                        run,
                        (_, known) -> {
                            known.remove(listener);
                            return known.isEmpty() ? null : known;
                        });
    }
}

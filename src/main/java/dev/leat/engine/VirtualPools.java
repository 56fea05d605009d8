package dev.leat.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pools of a [VirtualWorld], with nobody else in them.
final class VirtualPools {

    private final Map<String, Integer> places;
    private final Map<String, Set<String>> inside = new LinkedHashMap<>();
    private final Map<String, List<Asking>> asking = new LinkedHashMap<>();

    record Asking(VirtualExecution run, TaskCell task) {}

    /// @param places those that aren't there have one
    VirtualPools(Map<String, Integer> places) {
        this.places = places;
    }

    void ask(String pool, Asking task) {
        asking(pool).add(task);
    }

    void left(String pool, String task) {
        inside(pool).remove(task);
    }

    /// Takes the next one in line, larger priorities first, where there is a place for it.
    Optional<Asking> next(String pool) {
        var line = asking(pool);
        if (line.isEmpty() || inside(pool).size() >= places.getOrDefault(pool, 1)) {
            return Optional.empty();
        }
        var first =
                line.stream()
                        .max(
                                Comparator.comparingInt((Asking each) -> each.task.spec.priority())
                                        .thenComparing(
                                                Comparator.comparingInt(line::indexOf).reversed()))
                        .orElseThrow();
        line.remove(first);
        return Optional.of(first);
    }

    void entered(String pool, Asking task) {
        inside(pool).add(task.run.path(task.task));
    }

    List<Asking> waiting(String pool) {
        return List.copyOf(asking(pool));
    }

    String full(String pool) {
        var all = places.getOrDefault(pool, 1);
        return "pool '%s' is full (%d %s): %s"
                .formatted(
                        pool, all, all == 1 ? "place" : "places", String.join(", ", inside(pool)));
    }

    private Set<String> inside(String pool) {
        return inside.computeIfAbsent(pool, _ -> new LinkedHashSet<>());
    }

    private List<Asking> asking(String pool) {
        return asking.computeIfAbsent(pool, _ -> new ArrayList<>());
    }
}

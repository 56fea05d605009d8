package dev.leat.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pools of a [VirtualRun], with nobody else in them.
final class VirtualPools {

    private final Map<String, Integer> places;
    private final Map<String, Set<String>> inside = new LinkedHashMap<>();
    private final Map<String, List<TaskCell>> asking = new LinkedHashMap<>();

    /// @param places those that aren't there have one
    VirtualPools(Map<String, Integer> places) {
        this.places = places;
    }

    void ask(String pool, TaskCell task) {
        asking(pool).add(task);
    }

    void left(String pool, String task) {
        inside(pool).remove(task);
    }

    void leftAll() {
        inside.clear();
    }

    /// Takes the next one in line, larger priorities first, where there is a place for it.
    Optional<TaskCell> next(String pool) {
        var line = asking(pool);
        if (line.isEmpty() || inside(pool).size() >= places.getOrDefault(pool, 1)) {
            return Optional.empty();
        }
        var first =
                line.stream()
                        .max(
                                Comparator.comparingInt((TaskCell task) -> task.spec.priority())
                                        .thenComparing(
                                                Comparator.comparingInt(line::indexOf).reversed()))
                        .orElseThrow();
        line.remove(first);
        return Optional.of(first);
    }

    void entered(String pool, String task) {
        inside(pool).add(task);
    }

    List<TaskCell> waiting(String pool) {
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

    private List<TaskCell> asking(String pool) {
        return asking.computeIfAbsent(pool, _ -> new ArrayList<>());
    }
}

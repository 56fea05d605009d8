package dev.leat.engine.report;

import dev.leat.engine.report.RunComparison.Difference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// In what two JSON values differ, down to the innermost places.
final class ValueDifferences {

    /// More than these say no more.
    private static final int MOST = 500;

    private final List<Difference> found = new ArrayList<>();

    private ValueDifferences() {}

    static List<Difference> of(@Nullable Object one, @Nullable Object other) {
        var differences = new ValueDifferences();
        differences.compare("", one, other);
        return List.copyOf(differences.found);
    }

    private void compare(String path, @Nullable Object one, @Nullable Object other) {
        if (found.size() >= MOST) {
            return;
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            compare(path, map, otherMap);
        } else if (one instanceof List<?> list && other instanceof List<?> otherList) {
            compare(path, list, otherList);
        } else if (!Objects.equals(one, other)) {
            found.add(new Difference(path, "changed", one, other));
        }
    }

    private void compare(String path, Map<?, ?> one, Map<?, ?> other) {
        var names = new LinkedHashSet<Object>(one.keySet());
        names.addAll(other.keySet());
        for (var name : names) {
            var place = path + "/" + String.valueOf(name).replace("~", "~0").replace("/", "~1");
            if (!other.containsKey(name)) {
                found.add(new Difference(place, "removed", one.get(name), null));
            } else if (!one.containsKey(name)) {
                found.add(new Difference(place, "added", null, other.get(name)));
            } else {
                compare(place, one.get(name), other.get(name));
            }
        }
    }

    private void compare(String path, List<?> one, List<?> other) {
        for (int at = 0; at < Math.max(one.size(), other.size()) && found.size() < MOST; at++) {
            var place = path + "/" + at;
            if (at >= other.size()) {
                found.add(new Difference(place, "removed", one.get(at), null));
            } else if (at >= one.size()) {
                found.add(new Difference(place, "added", null, other.get(at)));
            } else {
                compare(place, one.get(at), other.get(at));
            }
        }
    }
}

package dev.leat.workflow.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// As [GrowingList], for maps.
final class GrowingMap extends LinkedHashMap<Object, @Nullable Object> {

    static Map<?, ?> insert(Map<?, ?> into, Object key, @Nullable Object value, Meter meter) {
        var map = into instanceof GrowingMap growing ? growing : copy(into, meter);
        if (map.containsKey(key)) {
            throw Failure.because("the key '" + key + "' comes twice");
        }
        meter.entries(map.size() + 1L, 1);
        map.put(key, value);
        return map;
    }

    private static GrowingMap copy(Map<?, ?> of, Meter meter) {
        meter.entries(of.size(), of.size());
        var map = new GrowingMap();
        map.putAll(of);
        return map;
    }
}

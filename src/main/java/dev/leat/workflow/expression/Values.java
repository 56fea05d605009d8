package dev.leat.workflow.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values on their way into expressions, out of them, and into text.
final class Values {

    /// Up to here a double holds every whole number.
    private static final double WHOLE = 9_007_199_254_740_992.0;

    private Values() {}

    /// A value from outside as expressions know it. Looks at the value itself only, so that maps
    /// may be lazy.
    static @Nullable Object read(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String _, Long _, Boolean _, Double _, Map<?, ?> _, List<?> _ -> value;
            case Integer number -> (long) number;
            case Short number -> (long) number;
            case Byte number -> (long) number;
            case Float number -> (double) number;
            case BigInteger number ->
                    number.bitLength() < Long.SIZE ? number.longValue() : number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            case Collection<?> items -> new ArrayList<@Nullable Object>(items);
            case Enum<?> constant -> constant.name();
            default -> value;
        };
    }

    /// A value as JSON: what leaves an expression. Answers the value itself where nothing in it
    /// has to change.
    static @Nullable Object write(@Nullable Object value, Meter meter) {
        meter.step();
        return switch (value) {
            case null -> null;
            case Boolean _, Long _ -> value;
            case String text -> {
                meter.text(text.length());
                yield text;
            }
            case Double number -> finite(number);
            case List<?> list -> writeList(list, meter);
            case Map<?, ?> map -> writeMap(map, meter);
            case Maybe maybe -> write(maybe.value(), meter);
            case Instant _, Duration _, byte[] _, TypeName _ -> text(value, meter);
            default -> readThenWrite(value, meter);
        };
    }

    private static @Nullable Object readThenWrite(Object value, Meter meter) {
        var known = read(value);
        return known == value ? value.toString() : write(known, meter);
    }

    private static Double finite(Double number) {
        if (!Double.isFinite(number)) {
            throw Failure.because("the result is " + number + ", which JSON has no number for");
        }
        return number;
    }

    private static List<?> writeList(List<?> list, Meter meter) {
        meter.elements(0, list.size());
        List<@Nullable Object> changed = null;
        int index = 0;
        for (var item : list) {
            var written = write(item, meter);
            if (written != item && changed == null) {
                changed = new ArrayList<>(list.subList(0, index));
            }
            if (changed != null) {
                changed.add(written);
            }
            index++;
        }
        return changed == null ? list : changed;
    }

    private static Map<?, ?> writeMap(Map<?, ?> map, Meter meter) {
        meter.entries(0, map.size());
        var copy = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(map.size());
        var changed = false;
        for (var entry : map.entrySet()) {
            var written = write(entry.getValue(), meter);
            changed |= written != entry.getValue() || !(entry.getKey() instanceof String);
            copy.put(text(entry.getKey(), meter), written);
        }
        return changed ? copy : map;
    }

    /// A value within other text: nothing for null, a whole number without `.0`, compact JSON for
    /// lists and maps.
    static String text(@Nullable Object value, Meter meter) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Boolean _, Long _ -> value.toString();
            case Double number -> number(number);
            case byte[] bytes -> base64(bytes, meter);
            case Instant _, Duration _ -> value.toString();
            case TypeName type -> type.name();
            case Maybe maybe -> text(maybe.value(), meter);
            case List<?> _, Map<?, ?> _ -> json(value, meter);
            default -> text(write(value, meter), meter);
        };
    }

    static String number(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= WHOLE) {
            return Long.toString((long) number);
        }
        return Double.toString(number);
    }

    static String base64(byte[] bytes, Meter meter) {
        meter.text(bytes.length * 4L / 3);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Compact JSON.
    static String json(@Nullable Object value, Meter meter) {
        var text = meter.builder();
        json(value, text, meter);
        return text.toString();
    }

    private static void json(@Nullable Object value, Meter.TextBuilder text, Meter meter) {
        switch (value) {
            case null -> text.append("null");
            case Boolean _, Long _ -> text.append(value.toString());
            case Double number -> text.append(number(finite(number)));
            case String string -> JsonText.quote(string, text);
            case List<?> list -> {
                var separator = "[";
                for (var item : list) {
                    text.append(separator);
                    json(item, text, meter);
                    separator = ",";
                }
                text.append(list.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> map -> {
                var separator = "{";
                for (var entry : map.entrySet()) {
                    text.append(separator);
                    JsonText.quote(text(entry.getKey(), meter), text);
                    text.append(":");
                    json(entry.getValue(), text, meter);
                    separator = ",";
                }
                text.append(map.isEmpty() ? "{}" : "}");
            }
            default -> json(write(value, meter), text, meter);
        }
    }
}

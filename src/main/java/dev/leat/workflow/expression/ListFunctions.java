package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.Function.list;
import static dev.leat.workflow.expression.Function.position;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Functions over lists and maps.
final class ListFunctions {

    private ListFunctions() {}

    static void register(Function.Table table) {
        table.put("size", 1, (f, of) -> size(of[0], f.meter))
                .put("first", 1, (_, of) -> end(list(of, 0), 0))
                .put("last", 1, (_, of) -> end(list(of, 0), list(of, 0).size() - 1))
                .put(
                        "slice",
                        3,
                        (f, of) -> slice(list(of, 0), position(of, 1), position(of, 2), f.meter))
                .put("flatten", 1, (f, of) -> flatten(list(of, 0), 1, new ArrayList<>(), f.meter))
                .put(
                        "flatten",
                        2,
                        (f, of) ->
                                flatten(list(of, 0), position(of, 1), new ArrayList<>(), f.meter))
                .put("lists.range", 1, (f, of) -> range(Numbers.whole(of[0]), f.meter))
                .put("distinct", 1, (f, of) -> distinct(list(of, 0), f.meter))
                .put("reverse", 1, (f, of) -> reverse(of[0], f.meter))
                .put("sort", 1, (f, of) -> sort(list(of, 0), f.meter))
                .put("lists.@sortByAssociatedKeys", 1, (f, of) -> sortByKeys(list(of, 0), f.meter))
                .put(Macros.GROUP, 1, (f, of) -> group(list(of, 0), f.meter))
                .put("join", 1, (f, of) -> join(list(of, 0), "", f.meter))
                .put("join", 2, (f, of) -> join(list(of, 0), Function.text(of, 1), f.meter))
                .put("sum", 1, (f, of) -> sum(list(of, 0), f.meter))
                .put("avg", 1, (f, of) -> average(list(of, 0), f.meter))
                .put("min", 1, (f, of) -> extreme(list(of, 0), order -> order < 0, f.meter))
                .put("max", 1, (f, of) -> extreme(list(of, 0), order -> order > 0, f.meter))
                .put("sets.contains", 2, (f, of) -> containsAll(list(of, 0), list(of, 1), f.meter))
                .put(
                        "sets.equivalent",
                        2,
                        (f, of) ->
                                containsAll(list(of, 0), list(of, 1), f.meter)
                                        && containsAll(list(of, 1), list(of, 0), f.meter))
                .put("sets.intersects", 2, (f, of) -> intersects(list(of, 0), list(of, 1), f.meter))
                .put(
                        "cel.@mapInsert",
                        3,
                        (f, of) ->
                                GrowingMap.insert(map(of[0]), Equality.key(of[1]), of[2], f.meter))
                .put("cel.@mapInsert", 2, (f, of) -> insertAll(map(of[0]), map(of[1]), f.meter));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Function.needs("a map", value);
    }

    private static Object size(@Nullable Object value, Meter meter) {
        return switch (value) {
            case String text -> {
                meter.steps(1 + (text.length() >> 4));
                yield (long) TextFunctions.length(text);
            }
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            case byte[] bytes -> (long) bytes.length;
            case null, default -> Function.needs("a text, a list or a map", value);
        };
    }

    private static Maybe end(List<?> list, int index) {
        return list.isEmpty() ? Maybe.NONE : Maybe.of(Values.read(list.get(index)));
    }

    private static List<?> slice(List<?> list, int from, int to, Meter meter) {
        if (from < 0 || to < from || to > list.size()) {
            throw Failure.because(
                    "no part from %d to %d in a list of %d".formatted(from, to, list.size()));
        }
        meter.list(to - from);
        return new ArrayList<>(list.subList(from, to));
    }

    private static List<?> flatten(
            List<?> list, int depth, List<@Nullable Object> into, Meter meter) {
        for (var item : list) {
            meter.step();
            if (item instanceof List<?> inner && depth > 0) {
                flatten(inner, depth - 1, into, meter);
            } else {
                meter.elements(into.size() + 1L, 1);
                into.add(Values.read(item));
            }
        }
        return into;
    }

    private static List<Long> range(long end, Meter meter) {
        meter.list(Math.max(0, end));
        var numbers = new ArrayList<Long>((int) Math.max(0, end));
        for (long number = 0; number < end; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    /// Simple values are told apart by hashing, others by comparing each with each.
    private static List<?> distinct(List<?> list, Meter meter) {
        var simple = new HashSet<@Nullable Object>();
        var others = new ArrayList<@Nullable Object>();
        var result = new ArrayList<@Nullable Object>();
        for (var raw : list) {
            var item = Values.read(raw);
            meter.elements(result.size() + 1L, 3);
            var isNew =
                    switch (item) {
                        case List<?> _, Map<?, ?> _, Maybe _, byte[] _ ->
                                !Equality.contains(others, item, meter) && others.add(item);
                        case Double number
                                when number == Math.rint(number) && Math.abs(number) < 0x1p53 ->
                                simple.add(Numbers.whole(number));
                        case null, default -> simple.add(item);
                    };
            if (isNew) {
                result.add(item);
            }
        }
        return result;
    }

    private static Object reverse(@Nullable Object value, Meter meter) {
        if (value instanceof String text) {
            meter.text(text.length());
            return new StringBuilder(text).reverse().toString();
        }
        if (value instanceof List<?> list) {
            meter.list(list.size());
            return new ArrayList<>(list.reversed());
        }
        return Function.needs("a text or a list", value);
    }

    private static List<?> sort(List<?> list, Meter meter) {
        var pairs = new ArrayList<Keyed>(list.size());
        meter.elements(list.size(), list.size() * 3L);
        list.forEach(item -> pairs.add(new Keyed(Values.read(item), item)));
        return sorted(pairs, meter);
    }

    private static List<?> sortByKeys(List<?> list, Meter meter) {
        meter.elements(list.size(), list.size() * 3L);
        return sorted(new ArrayList<>(list.stream().map(Keyed::of).toList()), meter);
    }

    private static List<?> sorted(List<Keyed> pairs, Meter meter) {
        pairs.sort((one, other) -> Equality.compare(one.key(), other.key(), meter));
        var sorted = new ArrayList<@Nullable Object>(pairs.size());
        pairs.forEach(pair -> sorted.add(pair.item()));
        return sorted;
    }

    /// An element with its key, which a macro has put into a list of two.
    private record Keyed(@Nullable Object key, @Nullable Object item) {
        static Keyed of(@Nullable Object pair) {
            return pair instanceof List<?> two && two.size() == 2
                    ? new Keyed(Values.read(two.get(0)), two.get(1))
                    : Function.needs("a key and an element", pair);
        }
    }

    private static Map<?, ?> group(List<?> list, Meter meter) {
        var groups = new LinkedHashMap<Object, List<@Nullable Object>>();
        for (var item : list) {
            var pair = Keyed.of(item);
            var group = groups.computeIfAbsent(Equality.key(pair.key()), _ -> new ArrayList<>());
            meter.entries(groups.size(), group.isEmpty() ? 1 : 0);
            meter.elements(group.size() + 1L, 1);
            group.add(pair.item());
        }
        return Collections.unmodifiableMap(groups);
    }

    private static String join(List<?> list, String separator, Meter meter) {
        var text = meter.builder();
        var between = "";
        for (var item : list) {
            text.append(between).append(Values.text(Values.read(item), meter));
            between = separator;
        }
        return text.toString();
    }

    private static Object sum(List<?> list, Meter meter) {
        Object sum = 0L;
        for (var item : list) {
            meter.step();
            sum = Numbers.add(sum, number("sum", item));
        }
        return sum;
    }

    private static Object number(String function, @Nullable Object raw) {
        var item = Values.read(raw);
        if (item != null && Numbers.isNumber(item)) {
            return item;
        }
        throw Failure.because(
                function + "() needs numbers, and the list has " + TypeName.plain(item));
    }

    private static Object average(List<?> list, Meter meter) {
        refuseEmpty("avg", list);
        return Numbers.divide(sum(list, meter), (long) list.size());
    }

    private static @Nullable Object extreme(List<?> list, IntPredicate better, Meter meter) {
        refuseEmpty("min and max", list);
        var best = Values.read(list.getFirst());
        for (var raw : list) {
            var item = Values.read(raw);
            if (better.test(Equality.compare(item, best, meter))) {
                best = item;
            }
        }
        return best;
    }

    private static void refuseEmpty(String what, List<?> list) {
        if (list.isEmpty()) {
            throw Failure.because(what + " of an empty list; test its size() first");
        }
    }

    private static boolean containsAll(List<?> list, List<?> wanted, Meter meter) {
        return wanted.stream().allMatch(item -> Equality.contains(list, Values.read(item), meter));
    }

    private static boolean intersects(List<?> list, List<?> other, Meter meter) {
        return other.stream().anyMatch(item -> Equality.contains(list, Values.read(item), meter));
    }

    private static Map<?, ?> insertAll(Map<?, ?> into, Map<?, ?> more, Meter meter) {
        Map<?, ?> all = into;
        for (var entry : more.entrySet()) {
            all = GrowingMap.insert(all, Equality.key(entry.getKey()), entry.getValue(), meter);
        }
        return all;
    }
}

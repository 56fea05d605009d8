package dev.leat.workflow;

import dev.leat.task.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the members of an object that [Structure] has found sound: what is there has the right
/// kind.
record Fields(Place place) {

    String text(String key, String otherwise) {
        return value(key) instanceof String text ? text : otherwise;
    }

    @Nullable String textOrNull(String key) {
        return value(key) instanceof String text ? text : null;
    }

    boolean flag(String key, boolean otherwise) {
        return value(key) instanceof Boolean flag ? flag : otherwise;
    }

    int whole(String key, int otherwise) {
        return value(key) instanceof Number number ? number.intValue() : otherwise;
    }

    double decimal(String key, double otherwise) {
        return value(key) instanceof Number number ? number.doubleValue() : otherwise;
    }

    @Nullable Duration duration(String key) {
        return value(key) instanceof String text ? Durations.parse(text) : null;
    }

    @Nullable Instant moment(String key) {
        return value(key) instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
    }

    /// A list of texts, which may be written as just one.
    List<String> texts(String key) {
        return textPlaces(key)
                .map(at -> (String) Objects.requireNonNull(at.node().plain()))
                .toList();
    }

    /// The same with their places.
    Stream<Place> textPlaces(String key) {
        var list = place.member(key);
        if (list == null) {
            return Stream.empty();
        }
        if (list.node() instanceof Node.Sequence sequence) {
            return Stream.iterate(0, index -> index < sequence.items().size(), index -> index + 1)
                    .map(list::item)
                    .filter(
                            at ->
                                    at.node() instanceof Node.Scalar scalar
                                            && scalar.value() instanceof String);
        }
        return Stream.of(list);
    }

    /// The members of an object, in the document's order; none where it isn't there.
    <T> Map<String, T> map(String key, BiFunction<String, Place, T> read) {
        var map = new LinkedHashMap<String, T>();
        var object = place.member(key);
        if (object != null && object.node() instanceof Node.Mapping mapping) {
            mapping.members()
                    .forEach(
                            (name, member) ->
                                    map.put(name, read.apply(name, object.member(member))));
        }
        return map;
    }

    @Nullable Fields object(String key) {
        var object = place.member(key);
        return object == null ? null : new Fields(object);
    }

    private @Nullable Object value(String key) {
        return place.node() instanceof Node.Mapping mapping
                        && mapping.members().get(key) instanceof Node.Member member
                        && member.value() instanceof Node.Scalar scalar
                ? scalar.value()
                : null;
    }
}

package dev.leat.workflow;

import dev.leat.workflow.Shape.Key;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.expression.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds a document against the format's table, and answers it without what was wrong: what comes
/// after may trust every key and every kind of value, and no fault is told twice.
final class Structure {

    private final Report report;
    private final Leaves leaves;

    Structure(Report report) {
        this.report = report;
        this.leaves = new Leaves(report);
    }

    /// The value as far as it has the shape, or null where it hasn't.
    @Nullable Node sound(Place place, Shape shape) {
        return switch (shape) {
            case Shape.MapOf map -> map(place, map);
            case Shape.ListOf list -> list(place, list, list.items());
            case Shape.OneOrMore list ->
                    place.node() instanceof Node.Sequence
                            ? list(place, list, list.items())
                            : leaf(place, oneOr(place, list));
            case Shape.Either either -> either(place, either);
            case Keyed keyed -> keyed(place, keyed);
            case Shape leaf -> leaf(place, leaf);
        };
    }

    private @Nullable Node either(Place place, Shape.Either shape) {
        if (place.node() instanceof Node.Mapping) {
            return keyed(place, shape.object());
        }
        var wantsList = shape.otherwise() instanceof Shape.ListOf;
        return wantsList == place.node() instanceof Node.Sequence
                ? sound(place, shape.otherwise())
                : leaf(place, shape);
    }

    private @Nullable Node leaf(Place place, Shape shape) {
        return leaves.fits(place, shape) ? place.node() : null;
    }

    private static Shape oneOr(Place place, Shape.OneOrMore list) {
        var one = place.node() instanceof Node.Scalar scalar && scalar.value() instanceof String;
        return one ? list.items() : list;
    }

    private @Nullable Node map(Place place, Shape.MapOf shape) {
        if (!(place.node() instanceof Node.Mapping mapping)) {
            return leaf(place, shape);
        }
        if (shape.values() instanceof Shape.AnyValue && shape.keys().pattern() == null) {
            return mapping;
        }
        var kept = new LinkedHashMap<String, Node.Member>();
        mapping.members()
                .forEach(
                        (key, member) -> {
                            checkName(
                                    place.member(member).shownAt(member.offset()),
                                    key,
                                    shape.keys());
                            keep(kept, key, member, sound(place.member(member), shape.values()));
                        });
        return new Node.Mapping(mapping.offset(), kept);
    }

    private void checkName(Place key, String name, Shape.Text shape) {
        if (shape.pattern() != null && !shape.pattern().matcher(name).matches()) {
            report.error(
                    key,
                    ProblemCode.BAD_VALUE,
                    "The name %s can't be used; it must be %s."
                            .formatted(Words.quoted(name), shape.rule()));
        }
    }

    private static void keep(
            LinkedHashMap<String, Node.Member> kept,
            String key,
            Node.Member member,
            @Nullable Node value) {
        if (value != null) {
            kept.put(key, new Node.Member(member.written(), member.offset(), value));
        }
    }

    private @Nullable Node list(Place place, Shape shape, Shape items) {
        if (!(place.node() instanceof Node.Sequence list)) {
            return leaf(place, shape);
        }
        var kept = new ArrayList<Node>(list.items().size());
        for (int index = 0; index < list.items().size(); index++) {
            // What isn't sound leaves a gap, so that later pointers still count as the text does.
            var item = sound(place.item(index), items);
            kept.add(
                    item == null
                            ? new Node.Scalar(
                                    list.items().get(index).offset(), null, Node.Quoting.PLAIN)
                            : item);
        }
        return new Node.Sequence(list.offset(), kept);
    }

    private @Nullable Node keyed(Place place, Keyed shape) {
        if (!(place.node() instanceof Node.Mapping mapping)) {
            return leaf(place, shape);
        }
        var keys = ofVariant(mapping, shape);
        var members = new LinkedHashMap<String, Node.Member>();
        for (var member : mapping.members().values()) {
            keyedMember(place, keys, shape, mapping, member, members);
        }
        for (var key : keys.keys()) {
            if (key.required()
                    && !members.containsKey(key.name())
                    && !mapping.members().containsKey(key.name())) {
                missing(place, shape, key);
            }
        }
        return new Node.Mapping(mapping.offset(), members);
    }

    private static Keyed ofVariant(Node.Mapping mapping, Keyed shape) {
        var type = mapping.members().get("type");
        var more =
                type != null
                                && type.value() instanceof Node.Scalar scalar
                                && scalar.value() instanceof String word
                        ? shape.variants().get(word)
                        : null;
        return more == null ? shape : shape.with(more);
    }

    private void keyedMember(
            Place place,
            Keyed keys,
            Keyed shape,
            Node.Mapping mapping,
            Node.Member member,
            LinkedHashMap<String, Node.Member> members) {
        var written = member.written();
        if (written.startsWith(Keys.FREE)) {
            return;
        }
        var known = keys.key(written).or(() -> meant(keys, shape, place, mapping, member));
        known.ifPresent(
                key -> keep(members, key.name(), member, sound(place.member(member), key.shape())));
    }

    /// Reads a misspelt key as the one that was likely meant, so that its absence isn't told as
    /// well.
    private Optional<Key> meant(
            Keyed keys, Keyed shape, Place place, Node.Mapping mapping, Node.Member member) {
        var open = shape.variants().isEmpty() || keys != shape;
        if (!open
                && shape.variants().values().stream()
                        .flatMap(List::stream)
                        .anyMatch(key -> key.name().equals(member.written()))) {
            // Its type is wrong or missing, which is told; under the right one the key may well be
            // known.
            return Optional.empty();
        }
        var free =
                keys.keys().stream()
                        .map(Key::name)
                        .filter(name -> !mapping.members().containsKey(name))
                        .toList();
        var guess =
                report.isFull()
                        ? Optional.<String>empty()
                        : Nearest.nearest(member.written(), free);
        var names =
                keys.keys().stream()
                        .map(Key::name)
                        .filter(name -> !name.equals(Keys.SCHEMA_KEY))
                        .toList();
        report.error(
                place.member(member).shownAt(member.offset()),
                ProblemCode.UNKNOWN_KEY,
                "%s has no key %s.".formatted(owner(shape), Words.quoted(member.written())),
                guess.map(name -> "did you mean '" + name + "'?")
                        .orElse("its keys are " + String.join(", ", names)));
        return guess.flatMap(keys::key);
    }

    private static String owner(Keyed shape) {
        return Keys.DOCUMENTS.contains(shape.name())
                ? "A " + shape.name()
                : Words.quoted(shape.name());
    }

    private void missing(Place place, Keyed shape, Key key) {
        var named =
                place.member("id") instanceof Place id
                                && id.node() instanceof Node.Scalar scalar
                                && scalar.value() instanceof String text
                        ? shape.name() + " " + Words.quoted(text)
                        : place.parent() == null ? shape.name() : Leaves.subject(place);
        var who =
                Character.isUpperCase(named.charAt(0)) || named.charAt(0) == '\''
                        ? named
                        : "The " + named;
        report.error(
                place, ProblemCode.MISSING_KEY, "%s has no '%s'.".formatted(who, key.name()), null);
    }
}

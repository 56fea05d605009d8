package dev.leat.workflow;

import dev.leat.task.Durations;
import dev.leat.workflow.Shape.Key;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.expression.Nearest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds a document against the format's table, and answers it without what was wrong: what comes
/// after may trust every
/// key and every kind of value, and no fault is told twice.
final class Structure {

    private final Report report;

    Structure(Report report) {
        this.report = report;
    }

    /// The value as far as it has the shape, or null where it hasn't.
    @Nullable Node sound(Place place, Shape shape) {
        if (place.node() instanceof Node.Scalar scalar
                && scalar.value() == null
                && !(shape instanceof Shape.AnyValue)) {
            return wrongType(place, shape);
        }
        return switch (shape) {
            case Shape.Text text -> text(place, text);
            case Shape.OneOf words -> oneOf(place, words);
            case Shape.Flag flag ->
                    value(place, flag) instanceof Boolean ? place.node() : wrongType(place, flag);
            case Shape.Whole whole -> whole(place, whole);
            case Shape.Decimal decimal -> decimal(place, decimal);
            case Shape.Period period -> period(place, period);
            case Shape.Moment moment -> moment(place, moment);
            case Shape.AnyValue _ -> place.node();
            case Shape.Variable variable ->
                    value(place, variable) == null ? wrongType(place, variable) : place.node();
            case Shape.Condition condition -> condition(place, condition);
            case Shape.Items items -> items(place, items);
            case Shape.Schema schema ->
                    place.node() instanceof Node.Mapping ? place.node() : wrongType(place, schema);
            case Shape.MapOf map -> map(place, map);
            case Shape.ListOf list -> list(place, list, list.items());
            case Shape.OneOrMore list -> oneOrMore(place, list);
            case Keyed keyed -> keyed(place, keyed);
        };
    }

    private @Nullable Object value(Place place, Shape shape) {
        return place.node() instanceof Node.Scalar scalar ? scalar.value() : null;
    }

    private @Nullable Node wrongType(Place place, Shape shape) {
        report.error(
                place,
                ProblemCode.WRONG_TYPE,
                "%s must be %s, not %s."
                        .formatted(subject(place), shape.wanted(), Words.kind(place.node())),
                typeHint(place, shape));
        return null;
    }

    private static @Nullable String typeHint(Place place, Shape shape) {
        if (place.node() instanceof Node.Scalar scalar
                && shape instanceof Shape.Flag
                && scalar.value() instanceof String) {
            return "without quotes";
        }
        if (place.node() instanceof Node.Scalar scalar
                && shape instanceof Shape.Text
                && scalar.value() != null) {
            return "put it in double quotes";
        }
        return null;
    }

    /// How a message speaks of a value: by its key, or by its place in a list.
    static String subject(Place place) {
        var parent = place.parent();
        if (parent == null) {
            return "The document";
        }
        if (parent.node() instanceof Node.Sequence) {
            return "Entry "
                    + (Integer.parseInt(place.step()) + 1)
                    + " of "
                    + Words.quoted(parent.step());
        }
        return Words.quoted(place.step());
    }

    private @Nullable Node text(Place place, Shape.Text shape) {
        if (!(value(place, shape) instanceof String text)) {
            return wrongType(place, shape);
        }
        if (shape.pattern() != null && !shape.pattern().matcher(text).matches()) {
            return badValue(
                    place,
                    "%s is %s; allowed are %s."
                            .formatted(subject(place), Words.quoted(text), shape.rule()),
                    null);
        }
        return place.node();
    }

    private @Nullable Node badValue(Place place, String message, @Nullable String hint) {
        report.error(place, ProblemCode.BAD_VALUE, message, hint);
        return null;
    }

    private @Nullable Node oneOf(Place place, Shape.OneOf shape) {
        if (!(value(place, shape) instanceof String word)) {
            return wrongType(place, shape);
        }
        if (!shape.words().contains(word)) {
            return badValue(
                    place,
                    "%s is %s; it must be %s."
                            .formatted(
                                    subject(place),
                                    Words.quoted(word),
                                    Words.choice(shape.words())),
                    Nearest.hint(word, shape.words()));
        }
        return place.node();
    }

    private @Nullable Node whole(Place place, Shape.Whole shape) {
        var value = value(place, shape);
        if (!(value instanceof Number number)
                || number.doubleValue() != Math.rint(number.doubleValue())) {
            return wrongType(place, shape);
        }
        return inRange(place, number, shape.least(), shape.most());
    }

    private @Nullable Node decimal(Place place, Shape.Decimal shape) {
        return value(place, shape) instanceof Number number
                ? inRange(place, number, shape.least(), shape.most())
                : wrongType(place, shape);
    }

    private @Nullable Node inRange(Place place, Number number, double least, double most) {
        if (number.doubleValue() < least || number.doubleValue() > most) {
            return badValue(
                    place,
                    "%s is %s; it must be from %s to %s."
                            .formatted(
                                    subject(place),
                                    Words.number(number),
                                    Words.number(least),
                                    Words.number(most)),
                    null);
        }
        return place.node();
    }

    private @Nullable Node period(Place place, Shape.Period shape) {
        if (value(place, shape) instanceof Number number) {
            var amount = Words.number(number);
            report.error(
                    place,
                    ProblemCode.BAD_DURATION,
                    "%s is the bare number %s, whose unit nobody can know."
                            .formatted(subject(place), amount),
                    "write \"%ss\", \"%sm\" or \"%sh\"".formatted(amount, amount, amount));
            return null;
        }
        if (!(value(place, shape) instanceof String text)) {
            return wrongType(place, shape);
        }
        try {
            if (Durations.parse(text).isZero() && !shape.zero()) {
                return badDuration(
                        place, "%s must be longer than nothing.".formatted(subject(place)));
            }
            return place.node();
        } catch (IllegalArgumentException e) {
            return badDuration(place, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Node badDuration(Place place, String message) {
        report.error(place, ProblemCode.BAD_DURATION, message);
        return null;
    }

    private @Nullable Node moment(Place place, Shape.Moment shape) {
        if (!(value(place, shape) instanceof String text)) {
            return wrongType(place, shape);
        }
        try {
            Instant unused = OffsetDateTime.parse(text).toInstant();
            return place.node();
        } catch (DateTimeParseException e) {
            return badValue(
                    place,
                    "%s is %s; it must be a moment with its offset."
                            .formatted(subject(place), Words.quoted(text)),
                    "such as 2026-12-24T18:00:00Z or 2026-12-24T19:00:00+01:00");
        }
    }

    private @Nullable Node condition(Place place, Shape.Condition shape) {
        return value(place, shape) instanceof Boolean || value(place, shape) instanceof String
                ? place.node()
                : wrongType(place, shape);
    }

    private @Nullable Node items(Place place, Shape.Items shape) {
        return place.node() instanceof Node.Scalar && !(value(place, shape) instanceof String)
                ? wrongType(place, shape)
                : place.node();
    }

    private @Nullable Node map(Place place, Shape.MapOf shape) {
        if (!(place.node() instanceof Node.Mapping mapping)) {
            return wrongType(place, shape);
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
                    "The name %s can't be used; allowed are %s."
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
            return wrongType(place, shape);
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

    private @Nullable Node oneOrMore(Place place, Shape.OneOrMore shape) {
        return value(place, shape) instanceof String
                ? text(place, shape.items())
                : list(place, shape, shape.items());
    }

    private @Nullable Node keyed(Place place, Keyed shape) {
        if (!(place.node() instanceof Node.Mapping mapping)) {
            return wrongType(place, shape);
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
        var guess = Nearest.nearest(member.written(), free);
        var names =
                keys.keys().stream()
                        .map(Key::name)
                        .filter(name -> !name.equals(Keys.SCHEMA_KEY))
                        .toList();
        report.error(
                place.member(member).shownAt(member.offset()),
                ProblemCode.UNKNOWN_KEY,
                "A %s has no key %s.".formatted(shape.name(), Words.quoted(member.written())),
                guess.map(name -> "did you mean '" + name + "'?")
                        .orElse("its keys are " + String.join(", ", names)));
        return guess.flatMap(keys::key);
    }

    private void missing(Place place, Keyed shape, Key key) {
        var named =
                place.member("id") instanceof Place id
                                && id.node() instanceof Node.Scalar scalar
                                && scalar.value() instanceof String text
                        ? shape.name() + " " + Words.quoted(text)
                        : place.parent() == null ? shape.name() : subject(place);
        var who =
                Character.isUpperCase(named.charAt(0)) || named.charAt(0) == '\''
                        ? named
                        : "The " + named;
        report.error(
                place, ProblemCode.MISSING_KEY, "%s has no '%s'.".formatted(who, key.name()), null);
    }
}

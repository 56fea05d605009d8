package dev.leat.workflow;

import dev.leat.task.Durations;
import dev.leat.workflow.expression.Nearest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// Holds single values against their shape.
final class Leaves {

    private final Report report;

    Leaves(Report report) {
        this.report = report;
    }

    /// Whether it fits; what is wrong is told.
    boolean fits(Place place, Shape shape) {
        var value = value(place);
        return switch (shape) {
            case Shape.AnyValue _ -> true;
            case Shape.Text text -> text(place, text);
            case Shape.OneOf words -> oneOf(place, words);
            case Shape.Whole whole -> whole(place, whole);
            case Shape.Decimal decimal -> decimal(place, decimal);
            case Shape.Period period -> period(place, period);
            case Shape.Moment moment -> moment(place, moment);
            case Shape.Flag _ -> value instanceof Boolean || wrongType(place, shape);
            case Shape.Variable _ -> value != null || wrongType(place, shape);
            case Shape.Condition _ ->
                    value instanceof Boolean || value instanceof String || wrongType(place, shape);
            case Shape.Items _ ->
                    value instanceof String
                            || !(place.node() instanceof Node.Scalar)
                            || wrongType(place, shape);
            case Shape.Schema _ -> place.node() instanceof Node.Mapping || wrongType(place, shape);
            case Shape.MapOf _, Shape.ListOf _, Shape.OneOrMore _, Shape.Either _, Shape.Keyed _ ->
                    wrongType(place, shape);
        };
    }

    private static @Nullable Object value(Place place) {
        return place.node() instanceof Node.Scalar scalar ? scalar.value() : null;
    }

    private boolean wrongType(Place place, Shape shape) {
        report.error(
                place,
                ProblemCode.WRONG_TYPE,
                "%s must be %s, not %s."
                        .formatted(subject(place), shape.wanted(), Words.kind(place.node())),
                typeHint(place, shape));
        return false;
    }

    private static @Nullable String typeHint(Place place, Shape shape) {
        if (!(place.node() instanceof Node.Scalar scalar) || scalar.value() == null) {
            return null;
        }
        return switch (shape) {
            case Shape.Flag _ -> "write true or false, without quotes";
            case Shape.Text _ -> "put it in double quotes";
            default -> null;
        };
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

    private boolean text(Place place, Shape.Text shape) {
        if (!(value(place) instanceof String text)) {
            return wrongType(place, shape);
        }
        if (shape.pattern() != null && !shape.pattern().matcher(text).matches()) {
            return badValue(
                    place,
                    "%s is %s; it must be %s."
                            .formatted(subject(place), Words.quoted(text), shape.rule()),
                    null);
        }
        return true;
    }

    private boolean badValue(Place place, String message, @Nullable String hint) {
        report.error(place, ProblemCode.BAD_VALUE, message, hint);
        return false;
    }

    private boolean oneOf(Place place, Shape.OneOf shape) {
        if (!(value(place) instanceof String word)) {
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
        return true;
    }

    private boolean whole(Place place, Shape.Whole shape) {
        var value = value(place);
        if (!(value instanceof Number number)
                || number.doubleValue() != Math.rint(number.doubleValue())) {
            return wrongType(place, shape);
        }
        return inRange(place, number, shape.least(), shape.most());
    }

    private boolean decimal(Place place, Shape.Decimal shape) {
        return value(place) instanceof Number number
                ? inRange(place, number, shape.least(), shape.most())
                : wrongType(place, shape);
    }

    private boolean inRange(Place place, Number number, double least, double most) {
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
        return true;
    }

    private boolean period(Place place, Shape.Period shape) {
        if (value(place) instanceof Number number) {
            var amount = Words.number(number);
            report.error(
                    place,
                    ProblemCode.BAD_DURATION,
                    "%s is the bare number %s, whose unit nobody can know."
                            .formatted(subject(place), amount),
                    "write \"%ss\", \"%sm\" or \"%sh\"".formatted(amount, amount, amount));
            return false;
        }
        if (!(value(place) instanceof String text)) {
            return wrongType(place, shape);
        }
        try {
            if (Durations.parse(text).isZero() && !shape.zero()) {
                return badDuration(
                        place, "%s must be longer than nothing.".formatted(subject(place)));
            }
            return true;
        } catch (IllegalArgumentException e) {
            return badDuration(place, String.valueOf(e.getMessage()));
        }
    }

    private boolean badDuration(Place place, String message) {
        report.error(place, ProblemCode.BAD_DURATION, message);
        return false;
    }

    private boolean moment(Place place, Shape.Moment shape) {
        if (!(value(place) instanceof String text)) {
            return wrongType(place, shape);
        }
        try {
            Instant unused = OffsetDateTime.parse(text).toInstant();
            return true;
        } catch (DateTimeParseException e) {
            return badValue(
                    place,
                    "%s is %s; it must be a moment with its offset."
                            .formatted(subject(place), Words.quoted(text)),
                    "such as 2026-12-24T18:00:00Z or 2026-12-24T19:00:00+01:00");
        }
    }
}

package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.Function.text;

import dev.leat.store.Json;
import dev.leat.task.Durations;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Functions that make a value of one kind from another, and those over optional values.
final class Conversions {

    private static final Pattern SIGNED_DURATION =
            Pattern.compile("(-?)((?:[0-9.]{1,30}(?:h|m|s|ms|us|ns))+)");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(h|ms|us|ns|m|s)");

    private Conversions() {}

    static void register(Function.Table table) {
        table.put("string", 1, (f, of) -> string(of[0], f.meter))
                .put("int", 1, (_, of) -> whole(of[0]))
                .put("uint", 1, (_, of) -> unsigned(whole(of[0])))
                .put("double", 1, (_, of) -> fraction(of[0]))
                .put("bool", 1, (_, of) -> bool(of[0]))
                .put("bytes", 1, (f, of) -> bytes(of[0], f.meter))
                .put("timestamp", 1, (_, of) -> TimeFunctions.timestamp(of[0]))
                .put("duration", 1, (_, of) -> duration(of[0]))
                .put("dyn", 1, (_, of) -> of[0])
                .put("type", 1, (_, of) -> TypeName.of(of[0]))
                .put("json.parse", 1, (f, of) -> parse(text(of, 0), f.meter))
                .put("json.format", 1, (f, of) -> Values.json(of[0], f.meter))
                .put("optional.none", 0, (_, _) -> Maybe.NONE)
                .put("optional.of", 1, (_, of) -> Maybe.of(of[0]))
                .put(
                        "optional.ofNonZeroValue",
                        1,
                        (_, of) -> isZero(of[0]) ? Maybe.NONE : Maybe.of(of[0]))
                .put("hasValue", 1, (_, of) -> maybe(of[0]).present())
                .put("value", 1, (_, of) -> value(maybe(of[0])))
                .put("optional.unwrap", 1, (f, of) -> unwrap(Function.list(of, 0), f.meter))
                .put("unwrapOpt", 1, (f, of) -> unwrap(Function.list(of, 0), f.meter));
    }

    private static String string(@Nullable Object value, Meter meter) {
        if (value instanceof byte[] bytes) {
            meter.text(bytes.length);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw Failure.because("the bytes are no UTF-8 text");
            }
        }
        return Values.text(value, meter);
    }

    private static long whole(@Nullable Object value) {
        return switch (value) {
            case Long whole -> whole;
            case Double number -> Numbers.truncated(number);
            case Instant instant -> instant.getEpochSecond();
            case Boolean truth -> truth ? 1 : 0;
            case String text -> {
                try {
                    yield Long.parseLong(text);
                } catch (NumberFormatException e) {
                    throw Failure.because(
                            "'" + TimeFunctions.shortened(text) + "' is no whole number");
                }
            }
            case null, default -> Function.needs("a number or a text", value);
        };
    }

    private static long unsigned(long number) {
        if (number < 0) {
            throw Failure.because(number + " is negative");
        }
        return number;
    }

    private static double fraction(@Nullable Object value) {
        return switch (value) {
            case Long whole -> whole;
            case Double number -> number;
            case String text -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw Failure.because("'" + TimeFunctions.shortened(text) + "' is no number");
                }
            }
            case null, default -> Function.needs("a number or a text", value);
        };
    }

    private static boolean bool(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case String text ->
                    switch (text) {
                        case "true", "True", "TRUE", "t", "1" -> true;
                        case "false", "False", "FALSE", "f", "0" -> false;
                        default ->
                                throw Failure.because(
                                        "'"
                                                + TimeFunctions.shortened(text)
                                                + "' is neither true nor false");
                    };
            case null, default -> Function.needs("true or false", value);
        };
    }

    private static byte[] bytes(@Nullable Object value, Meter meter) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            meter.memory(text.length() * 3L);
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return Function.needs("a text", value);
    }

    /// CEL's spelling (`1.5h`, `-90s`), and Leat's (`2d`, `PT30S`).
    private static Duration duration(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return duration;
        }
        var text =
                value instanceof String given
                        ? given
                        : Function.<String>needs("a text such as '1h30m'", value);
        var signed = SIGNED_DURATION.matcher(text);
        if (text.length() > 100 || !signed.matches()) {
            return Durations.parse(text);
        }
        var nanoseconds = BigDecimal.ZERO;
        for (var part = PART.matcher(signed.group(2)); part.find(); ) {
            nanoseconds =
                    nanoseconds.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
        }
        var duration = Duration.ofNanos(nanoseconds.toBigInteger().longValueExact());
        return signed.group(1).isEmpty() ? duration : duration.negated();
    }

    private static BigDecimal unit(String name) {
        return BigDecimal.valueOf(
                switch (name) {
                    case "h" -> 3_600_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "ms" -> 1_000_000L;
                    case "us" -> 1_000L;
                    default -> 1L;
                });
    }

    private static @Nullable Object parse(String text, Meter meter) {
        meter.steps(text.length());
        meter.memory(text.length() * 8L);
        try {
            return Json.read(text);
        } catch (IllegalArgumentException e) {
            throw Failure.because("the text is no JSON");
        }
    }

    private static boolean isZero(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case Boolean truth -> !truth;
            case Long _, Double _ -> Numbers.asDouble(value) == 0;
            case byte[] bytes -> bytes.length == 0;
            case Duration duration -> duration.isZero();
            default -> false;
        };
    }

    static Maybe maybe(@Nullable Object value) {
        return value instanceof Maybe maybe ? maybe : Function.needs("an optional", value);
    }

    private static @Nullable Object value(Maybe maybe) {
        if (!maybe.present()) {
            throw Failure.because("the optional has no value; orValue(…) gives one");
        }
        return maybe.value();
    }

    private static List<?> unwrap(List<?> list, Meter meter) {
        meter.list(list.size());
        return list.stream()
                .map(Conversions::maybe)
                .filter(Maybe::present)
                .map(Maybe::value)
                .toList();
    }
}

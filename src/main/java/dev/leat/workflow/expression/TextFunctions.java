package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.Function.position;
import static dev.leat.workflow.expression.Function.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Functions over texts. Positions count characters as people do, so that an emoji is one.
final class TextFunctions {

    private TextFunctions() {}

    static void register(Function.Table table) {
        table.put("contains", 2, (f, of) -> read(f, of).contains(text(of, 1)))
                .put("startsWith", 2, (f, of) -> read(f, of).startsWith(text(of, 1)))
                .put("endsWith", 2, (f, of) -> read(f, of).endsWith(text(of, 1)))
                .put("charAt", 2, (f, of) -> charAt(read(f, of), position(of, 1)))
                .put("indexOf", 2, (f, of) -> indexOf(read(f, of), text(of, 1), 0))
                .put("indexOf", 3, (f, of) -> indexOf(read(f, of), text(of, 1), position(of, 2)))
                .put("lastIndexOf", 2, (f, of) -> lastIndexOf(read(f, of), text(of, 1), -1))
                .put(
                        "lastIndexOf",
                        3,
                        (f, of) -> lastIndexOf(read(f, of), text(of, 1), position(of, 2)))
                .put("lowerAscii", 1, changing(TextFunctions::lower))
                .put("upperAscii", 1, changing(TextFunctions::upper))
                .put("trim", 1, changing(String::strip))
                .put("substring", 2, (f, of) -> substring(f, of, length(text(of, 0))))
                .put("substring", 3, (f, of) -> substring(f, of, position(of, 2)))
                .put(
                        "replace",
                        3,
                        (f, of) -> replace(f.meter, text(of, 0), text(of, 1), text(of, 2), -1))
                .put(
                        "replace",
                        4,
                        (f, of) ->
                                replace(
                                        f.meter,
                                        text(of, 0),
                                        text(of, 1),
                                        text(of, 2),
                                        position(of, 3)))
                .put("split", 2, (f, of) -> split(f.meter, text(of, 0), text(of, 1), -1))
                .put(
                        "split",
                        3,
                        (f, of) -> split(f.meter, text(of, 0), text(of, 1), position(of, 2)))
                .put("strings.quote", 1, (f, of) -> quote(text(of, 0), f.meter))
                .put("base64.encode", 1, (f, of) -> encode(of[0], f.meter))
                .put("base64.decode", 1, (f, of) -> decode(text(of, 0), f.meter));
    }

    private static String read(Frame frame, @Nullable Object[] of) {
        var text = text(of, 0);
        frame.meter.steps(1 + (text.length() >> 4));
        return text;
    }

    private static Function changing(UnaryOperator<String> change) {
        return (frame, of) -> {
            frame.meter.text(text(of, 0).length());
            return change.apply(text(of, 0));
        };
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// Where the character of this number begins.
    private static int at(String text, int position) {
        if (position < 0 || position > length(text)) {
            throw Failure.because(
                    "no position %d in a text of %d characters".formatted(position, length(text)));
        }
        return text.offsetByCodePoints(0, position);
    }

    private static String charAt(String text, int position) {
        var from = at(text, position);
        return from == text.length() ? "" : Character.toString(text.codePointAt(from));
    }

    private static Object indexOf(String text, String wanted, int from) {
        var found = text.indexOf(wanted, at(text, from));
        return found < 0 ? -1L : (long) text.codePointCount(0, found);
    }

    private static Object lastIndexOf(String text, String wanted, int from) {
        var found = text.lastIndexOf(wanted, from < 0 ? text.length() : at(text, from));
        return found < 0 ? -1L : (long) text.codePointCount(0, found);
    }

    private static String substring(Frame frame, @Nullable Object[] of, int to) {
        var text = read(frame, of);
        var from = position(of, 1);
        if (to < from) {
            throw Failure.because("the end %d comes before the begin %d".formatted(to, from));
        }
        frame.meter.text(to - from);
        return text.substring(at(text, from), at(text, to));
    }

    private static String lower(String text) {
        return ascii(text, 'A', 'Z', 'a' - 'A');
    }

    private static String upper(String text) {
        return ascii(text, 'a', 'z', 'A' - 'a');
    }

    private static String ascii(String text, char first, char last, int distance) {
        var characters = text.toCharArray();
        for (int at = 0; at < characters.length; at++) {
            if (characters[at] >= first && characters[at] <= last) {
                characters[at] += (char) distance;
            }
        }
        return new String(characters);
    }

    private static String replace(
            Meter meter, String text, String old, String replacement, int most) {
        var result = meter.builder();
        int from = 0;
        for (int done = 0; most < 0 || done < most; done++) {
            int found = old.isEmpty() ? next(text, from, done) : text.indexOf(old, from);
            if (found < 0) {
                break;
            }
            result.append(text.substring(from, found)).append(replacement);
            from = found + old.length();
        }
        return result.append(text.substring(from)).toString();
    }

    /// Where an empty text is found next: before each character, and at the end.
    private static int next(String text, int from, int done) {
        if (done == 0) {
            return 0;
        }
        return from >= text.length() ? -1 : text.offsetByCodePoints(from, 1);
    }

    private static List<String> split(Meter meter, String text, String separator, int most) {
        meter.steps(1 + (text.length() >> 4));
        var parts = new ArrayList<String>();
        int from = 0;
        while (most != 0) {
            var last = most > 0 && parts.size() == most - 1;
            int found = last ? -1 : end(text, separator, from);
            meter.elements(parts.size() + 1L, 2);
            if (found < 0) {
                parts.add(text.substring(from));
                break;
            }
            parts.add(text.substring(from, found));
            from = found + separator.length();
        }
        return parts;
    }

    /// Where the part that begins at `from` ends; with an empty separator every character is a
    /// part.
    private static int end(String text, String separator, int from) {
        if (!separator.isEmpty()) {
            return text.indexOf(separator, from);
        }
        return from >= text.length() || text.offsetByCodePoints(from, 1) >= text.length()
                ? -1
                : text.offsetByCodePoints(from, 1);
    }

    private static String quote(String text, Meter meter) {
        var result = meter.builder();
        JsonText.quote(text, result);
        return result.toString();
    }

    private static String encode(@Nullable Object value, Meter meter) {
        return switch (value) {
            case byte[] bytes -> Values.base64(bytes, meter);
            case String text -> {
                meter.text(text.length());
                yield Values.base64(text.getBytes(StandardCharsets.UTF_8), meter);
            }
            case null, default -> Function.needs("bytes or a text", value);
        };
    }

    private static byte[] decode(String text, Meter meter) {
        meter.text(text.length());
        return Base64.getDecoder().decode(text);
    }
}

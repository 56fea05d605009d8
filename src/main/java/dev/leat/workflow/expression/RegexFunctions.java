package dev.leat.workflow.expression;

import static dev.leat.workflow.expression.Function.position;
import static dev.leat.workflow.expression.Function.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Regular expressions in RE2's syntax: their time grows with the text only, whatever the pattern.
final class RegexFunctions {

    private static final int LONGEST_PATTERN = 1_000;
    private static final int LARGEST_PROGRAM = 5_000;

    private RegexFunctions() {}

    static void register(Function.Table table) {
        table.put("matches", 2, (f, of) -> matcher(text(of, 0), text(of, 1), f).find())
                .put("regex.extract", 2, (f, of) -> extract(matcher(text(of, 0), text(of, 1), f)))
                .put(
                        "regex.extractAll",
                        2,
                        (f, of) -> extractAll(matcher(text(of, 0), text(of, 1), f), f.meter))
                .put("regex.replace", 3, (f, of) -> replace(of, -1, f))
                .put("regex.replace", 4, (f, of) -> replace(of, position(of, 3), f));
    }

    /// A matcher that looks at the clock while it reads.
    private static Matcher matcher(String text, String regex, Frame frame) {
        var size = RegexSize.of(regex);
        if (regex.length() > LONGEST_PATTERN || size > LARGEST_PROGRAM) {
            throw Failure.because("the regular expression is too large");
        }
        try {
            var pattern = frame.patterns.computeIfAbsent(regex, Pattern::compile);
            return pattern.matcher(new Watched(text, frame.meter, 1 + size / 8));
        } catch (PatternSyntaxException e) {
            throw Failure.because("a regular expression can't be read: " + e.getMessage());
        }
    }

    private static Maybe extract(Matcher matcher) {
        return matcher.find() ? Maybe.of(part(matcher)) : Maybe.NONE;
    }

    private static List<?> extractAll(Matcher matcher, Meter meter) {
        var parts = new ArrayList<@Nullable Object>();
        while (matcher.find()) {
            meter.elements(parts.size() + 1L, 2);
            var part = part(matcher);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /// The group where the pattern has one, else all that matched.
    private static @Nullable String part(Matcher matcher) {
        if (matcher.groupCount() > 1) {
            throw Failure.because("the regular expression has more than one group");
        }
        return matcher.group(matcher.groupCount());
    }

    private static String replace(@Nullable Object[] of, int most, Frame frame) {
        var text = text(of, 0);
        var matcher = matcher(text, text(of, 1), frame);
        var result = frame.meter.builder();
        int from = 0;
        for (int done = 0; (most < 0 || done < most) && matcher.find(); done++) {
            result.append(text.substring(from, matcher.start()));
            expand(text(of, 2), matcher, result);
            from = matcher.end();
        }
        return result.append(text.substring(from)).toString();
    }

    /// `\1` is the first group and `\\` a backslash.
    private static void expand(String replacement, Matcher matcher, Meter.TextBuilder result) {
        for (int at = 0; at < replacement.length(); at++) {
            var character = replacement.charAt(at);
            if (character != '\\') {
                result.append(String.valueOf(character));
                continue;
            }
            var next = ++at < replacement.length() ? replacement.charAt(at) : ' ';
            if (next == '\\') {
                result.append("\\");
            } else if (Character.isDigit(next) && next - '0' <= matcher.groupCount()) {
                var group = matcher.group(next - '0');
                result.append(group == null ? "" : group);
            } else {
                throw Failure.because(
                        "'\\" + next + "' in the replacement is neither a group nor a backslash");
            }
        }
    }

    private record Watched(String text, Meter meter, long cost) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            meter.steps(cost);
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}

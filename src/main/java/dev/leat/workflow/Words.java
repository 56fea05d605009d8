package dev.leat.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How names and values are shown in messages.
final class Words {

    private static final int LONGEST_NAME = 60;

    private Words() {}

    /// `'name'`, cut where it is very long.
    static String quoted(String name) {
        return "'" + shortened(name) + "'";
    }

    static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
    }

    /// `'a', 'b' or 'c'`.
    static String choice(List<String> names) {
        return list(names, "or");
    }

    /// `'a', 'b' and 'c'`.
    static String list(List<String> names, String lastWord) {
        var all = names.stream().map(Words::quoted).toList();
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, all.size() - 1))
                        + " "
                        + lastWord
                        + " "
                        + all.getLast();
    }

    /// What kind of JSON value it is, with its article.
    static String kind(Node node) {
        return switch (node) {
            case Node.Mapping _ -> "an object";
            case Node.Sequence _ -> "a list";
            case Node.Scalar scalar -> kind(scalar.value());
        };
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "text";
            case Boolean flag -> flag.toString();
            case Number number -> "the number " + number(number);
            default -> value.toString();
        };
    }

    static String number(Number number) {
        return number instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15
                ? Long.toString(d.longValue())
                : number.toString();
    }

    /// The index of a character that no database takes: half of a surrogate pair, or U+0000; -1
    /// where there is none.
    static int firstUnstorable(String text) {
        for (int at = 0; at < text.length(); at++) {
            var character = text.charAt(at);
            if (character == 0) {
                return at;
            }
            if (Character.isSurrogate(character)) {
                var paired =
                        Character.isHighSurrogate(character)
                                && at + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(at + 1));
                if (!paired) {
                    return at;
                }
                at++;
            }
        }
        return -1;
    }
}

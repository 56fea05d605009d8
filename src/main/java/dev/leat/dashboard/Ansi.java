package dev.leat.dashboard;

import dev.leat.store.search.LogQuery;
import dev.leat.store.search.LogWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads what programs write for terminals: colours become classes, everything else that isn't
/// text is left out. Of a line that overwrites itself (`\r`), the last writing counts.
final class Ansi {

    /// Control characters, and those that turn the reading direction of what follows.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]");

    private final List<Span> spans = new ArrayList<>();
    private final Set<String> classes = new TreeSet<>();

    private Ansi() {}

    static List<Span> spans(String line) {
        return spans(line, Integer.MAX_VALUE);
    }

    /// @param limit characters that are shown at most, about
    static List<Span> spans(String line, int limit) {
        var ansi = new Ansi();
        var text = lastWriting(line);
        ansi.read(text.length() <= limit ? text : text.substring(0, whole(text, limit)));
        return ansi.spans;
    }

    /// How many characters of the line a limit leaves out.
    static int left(String line, int limit) {
        var text = lastWriting(line);
        return text.length() <= limit ? 0 : text.length() - whole(text, limit);
    }

    private static int whole(String text, int limit) {
        return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }

    /// The same text, in which what was looked for stands out.
    static List<Span> marked(List<Span> spans, LogQuery query) {
        var text = new StringBuilder();
        spans.forEach(span -> text.append(span.text));
        var marked = new ArrayList<Span>();
        int at = 0;
        for (var span : spans) {
            int end = at + span.text.length();
            int from = at;
            for (var range : query.found(text.toString())) {
                int first = Math.max(from, range.from());
                int last = Math.min(end, range.to());
                if (first < last) {
                    add(marked, span.part(from - at, first - at));
                    marked.add(span.part(first - at, last - at).asMark());
                    from = last;
                }
            }
            add(marked, span.part(from - at, end - at));
            at = end;
        }
        return marked;
    }

    private static void add(List<Span> spans, Span span) {
        if (!span.text.isEmpty()) {
            spans.add(span);
        }
    }

    private static String lastWriting(String line) {
        var text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return text.substring(text.lastIndexOf('\r') + 1);
    }

    private void read(String line) {
        var escape = LogWords.SEQUENCE.matcher(line);
        var from = 0;
        while (escape.find()) {
            add(line.substring(from, escape.start()));
            from = escape.end();
            if ("m".equals(escape.group(2))) {
                apply(escape.group(1));
            }
        }
        add(line.substring(from));
    }

    private void add(String text) {
        var seen = UNSEEN.matcher(text).replaceAll("");
        if (!seen.isEmpty()) {
            spans.add(new Span(seen, String.join(" ", classes)));
        }
    }

    /// Of the 256 and 16 million colours, only the sixteen that themes can answer for are shown;
    /// backgrounds never.
    private void apply(String parameters) {
        var codes = parameters.split(";", -1);
        for (int at = 0; at < codes.length; at++) {
            // What follows a colon belongs to the same code.
            var parts = codes[at].split(":", -1);
            switch (parts[0]) {
                case "", "0", "00" -> classes.clear();
                case "1", "01" -> classes.add("a-bold");
                case "2", "02" -> classes.add("a-dim");
                case "3", "03" -> classes.add("a-italic");
                case "4", "04" -> underline(parts.length > 1 && parts[1].equals("0"));
                case "22" -> {
                    classes.remove("a-bold");
                    classes.remove("a-dim");
                }
                case "23" -> classes.remove("a-italic");
                case "24" -> underline(true);
                case "38", "48", "58" -> at += extended(codes, at, parts);
                case "39" -> colour("");
                default -> foreground(parts[0]);
            }
        }
    }

    private void underline(boolean ends) {
        if (ends) {
            classes.remove("a-underline");
        } else {
            classes.add("a-underline");
        }
    }

    /// Answers how many of the codes after this one belong to it.
    private int extended(String[] codes, int at, String[] parts) {
        if (parts.length > 1) {
            indexed(parts[0], parts[1], parts[parts.length - 1]);
            return 0;
        }
        var mode = at + 1 < codes.length ? codes[at + 1] : "";
        if (mode.equals("5")) {
            indexed(parts[0], mode, at + 2 < codes.length ? codes[at + 2] : "");
            return 2;
        }
        indexed(parts[0], mode, "");
        return 4;
    }

    private void indexed(String code, String mode, String number) {
        if (!code.equals("38")) {
            return;
        }
        var known = mode.equals("5") && number.matches("[0-9]|1[0-5]");
        colour(known ? "a-" + Integer.parseInt(number) % 8 : "");
    }

    private void foreground(String code) {
        if (code.matches("3[0-7]|9[0-7]")) {
            colour("a-" + code.charAt(1));
        }
    }

    private void colour(String name) {
        classes.removeIf(known -> known.matches("a-[0-7]"));
        if (!name.isEmpty()) {
            classes.add(name);
        }
    }

    /// @param css class names; empty for plain text
    /// @param mark whether it was looked for
    record Span(String text, String css, boolean mark) {

        Span(String text, String css) {
            this(text, css, false);
        }

        Span part(int from, int to) {
            return new Span(text.substring(from, to), css, mark);
        }

        Span asMark() {
            return new Span(text, css, true);
        }
    }
}

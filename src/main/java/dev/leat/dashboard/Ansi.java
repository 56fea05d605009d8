package dev.leat.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads what programs write for terminals: colours become classes, everything else that isn't
/// text is left out. Of a line that overwrites itself (`\r`), the last writing counts.
final class Ansi {

    private static final int LONGEST_LINE = 4_000;

    /// CSI sequences, OSC sequences to their end, and other two-character escapes.
    private static final Pattern ESCAPE =
            Pattern.compile(
                    "\u001b\\[([0-9;:?]*)([@-~])|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?"
                            + "|\u001b[@-Z\\\\^_]|\u001b");

    /// Control characters, and those that turn the reading direction of what follows.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]");

    private final List<Span> spans = new ArrayList<>();
    private final Set<String> classes = new TreeSet<>();

    private Ansi() {}

    static List<Span> spans(String line) {
        var ansi = new Ansi();
        ansi.read(clipped(lastWriting(line)));
        return ansi.spans;
    }

    private static String lastWriting(String line) {
        var text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return text.substring(text.lastIndexOf('\r') + 1);
    }

    private static String clipped(String line) {
        return line.length() <= LONGEST_LINE
                ? line
                : line.substring(0, LONGEST_LINE)
                        + " … ("
                        + (line.length() - LONGEST_LINE)
                        + " more characters in the raw log)";
    }

    private void read(String line) {
        var escape = ESCAPE.matcher(line);
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

    /// Of the 256 and 16 million colours, only the sixteen that themes can answer for are shown.
    private void apply(String parameters) {
        var codes = parameters.split("[;:]", -1);
        for (int at = 0; at < codes.length; at++) {
            switch (codes[at]) {
                case "", "0", "00" -> classes.clear();
                case "1", "01" -> classes.add("a-bold");
                case "2", "02" -> classes.add("a-dim");
                case "3", "03" -> classes.add("a-italic");
                case "4", "04" -> classes.add("a-underline");
                case "22" -> {
                    classes.remove("a-bold");
                    classes.remove("a-dim");
                }
                case "23" -> classes.remove("a-italic");
                case "24" -> classes.remove("a-underline");
                case "38", "48" -> at += at + 1 < codes.length && codes[at + 1].equals("5") ? 2 : 4;
                case "39" -> colour("");
                default -> foreground(codes[at]);
            }
        }
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
    record Span(String text, String css) {}
}

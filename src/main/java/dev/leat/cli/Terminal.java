package dev.leat.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the other end of standard output is.
///
/// @param live whether lines can be painted over
/// @param colours whether it wants them
/// @param symbols whether it shows more than ASCII
record Terminal(boolean live, boolean colours, boolean symbols, int columns, int rows) {

    private static final int COLUMNS = 100;
    private static final int ROWS = 24;

    static Terminal detect() {
        return of(System.getenv(), outputIsTerminal());
    }

    static Terminal of(Map<String, String> environment, boolean terminal) {
        var live = terminal && !"dumb".equals(environment.get("TERM"));
        var colours = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        var symbols = System.out.charset().equals(StandardCharsets.UTF_8);
        return new Terminal(
                live,
                colours,
                symbols,
                number(environment.get("COLUMNS"), COLUMNS),
                number(environment.get("LINES"), ROWS));
    }

    /// The console knows only of both ends together, so that piped input would hide a terminal.
    private static boolean outputIsTerminal() {
        var console = System.console();
        if (console != null && console.isTerminal()) {
            return true;
        }
        try {
            var output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
        } catch (Exception _) {
            return false;
        }
    }

    private static int number(@Nullable String text, int byDefault) {
        try {
            int number = text == null ? 0 : Integer.parseInt(text.strip());
            return number > 0 ? number : byDefault;
        } catch (NumberFormatException _) {
            return byDefault;
        }
    }

    /// What a task or a file wrote, with nothing in it that a terminal would obey.
    static String harmless(String text) {
        var clean = new StringBuilder(text.length());
        text.replaceAll(
                        "\\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007\\u001b]*(\\u0007|\\u001b\\\\)?|.)?",
                        "")
                .codePoints()
                .map(point -> point == '\t' ? ' ' : point)
                .filter(point -> !Character.isISOControl(point) && !bidirectional(point))
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean bidirectional(int point) {
        return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
    }

    static String clipped(String text, int columns) {
        if (text.length() <= columns) {
            return text;
        }
        return columns < 2 ? "" : text.substring(0, columns - 1) + "…";
    }
}

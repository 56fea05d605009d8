package dev.leat.dashboard;

import dev.leat.store.RunLogs.Line;
import dev.leat.store.search.LogQuery;
import dev.leat.task.LogKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A log line as pages show it.
///
/// @param level the word beside the line; empty for what a program printed
/// @param css the class of the level
/// @param left how many characters aren't shown
/// @param hit whether it has what is looked for
record LogLine(
        long number,
        Instant at,
        String task,
        int attempt,
        String level,
        String css,
        List<Ansi.Span> spans,
        int left,
        boolean hit) {

    private static final int LONGEST = 4_000;

    static LogLine of(Line line) {
        return of(line, null, 0);
    }

    /// @param query what is looked for; null for nothing
    /// @param whole the number of the line that isn't clipped; 0 for none
    static LogLine of(Line line, @Nullable LogQuery query, long whole) {
        return of(line, query, whole, query != null && query.fits(line.text()));
    }

    private static LogLine of(Line line, @Nullable LogQuery query, long whole, boolean hit) {
        int limit = line.number() == whole ? Integer.MAX_VALUE : LONGEST;
        var spans = Ansi.spans(line.text(), limit);
        return new LogLine(
                line.number(),
                line.at(),
                line.task(),
                line.attempt(),
                level(line.kind()),
                css(line.kind()),
                query == null ? spans : Ansi.marked(spans, query),
                Ansi.left(line.text(), limit),
                hit);
    }

    /// A line that was found, or that stands beside one.
    ///
    /// @param query null for a line that only stands beside
    static LogLine found(Line line, @Nullable LogQuery query) {
        return of(line, query, 0, query != null);
    }

    static List<LogLine> all(List<Line> lines) {
        return lines.stream().map(LogLine::of).toList();
    }

    /// `+12.345 s`: how long after that moment.
    public String after(Instant start) {
        return String.format(
                Locale.ROOT, "%+.3f s", Duration.between(start, at).toMillis() / 1_000.0);
    }

    private static String level(LogKind kind) {
        return switch (kind) {
            case DEBUG -> "DEBUG";
            case INFO -> "INFO";
            case WARN -> "WARN";
            case ERROR -> "ERROR";
            case STDOUT -> "out";
            case STDERR -> "err";
        };
    }

    private static String css(LogKind kind) {
        return switch (kind) {
            case DEBUG, STDOUT -> "quiet";
            case INFO -> "info";
            case WARN, STDERR -> "warn";
            case ERROR -> "error";
        };
    }
}

package dev.leat.dashboard;

import dev.leat.store.RunLogs.Line;
import dev.leat.task.LogKind;
import java.time.Instant;
import java.util.List;

/// A log line as pages show it.
///
/// @param level the word beside the line; empty for what a program printed
/// @param css the class of the level
record LogLine(
        long number,
        Instant at,
        String task,
        int attempt,
        String level,
        String css,
        List<Ansi.Span> spans) {

    static LogLine of(Line line) {
        return new LogLine(
                line.number(),
                line.at(),
                line.task(),
                line.attempt(),
                level(line.kind()),
                css(line.kind()),
                Ansi.spans(line.text()));
    }

    static List<LogLine> all(List<Line> lines) {
        return lines.stream().map(LogLine::of).toList();
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

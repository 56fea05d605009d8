package dev.leat.dashboard;

import dev.leat.store.RunLogs;
import dev.leat.store.RunLogs.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a log.
///
/// @param task whose lines these are; empty for all
/// @param attempt 0 for all
/// @param last the number of the last line; where live lines go on
/// @param earlier the number after which the page before this one begins; -1 where this is the
///     first
/// @param more whether there are later lines already
record LogView(
        String run,
        String task,
        int attempt,
        List<LogLine> lines,
        long last,
        long earlier,
        boolean more) {

    static final int PAGE = 500;

    /// The end of the log.
    static LogView tail(RunLogs logs, RunPage page, @Nullable String task, int attempt, int limit) {
        var lines = logs.tail(page.key(), task, attempt, limit);
        return of(page, task, attempt, lines, RunLogs.mayHaveMore(lines, limit), false);
    }

    /// A page from after a line on.
    static LogView after(
            RunLogs logs, RunPage page, @Nullable String task, int attempt, long after) {
        var lines = logs.read(page.key(), task, attempt, after, PAGE + 1);
        var more = RunLogs.mayHaveMore(lines, PAGE + 1);
        var shown = lines.size() > PAGE ? lines.subList(0, PAGE) : lines;
        return of(page, task, attempt, shown, after > 0, more);
    }

    private static LogView of(
            RunPage page,
            @Nullable String task,
            int attempt,
            List<Line> lines,
            boolean before,
            boolean more) {
        var first = lines.isEmpty() ? 1 : lines.getFirst().number();
        return new LogView(
                page.run().id(),
                task == null ? "" : task,
                attempt,
                LogLine.all(lines),
                lines.isEmpty() ? 0 : lines.getLast().number(),
                before && first > 1 ? Math.max(0, first - 1 - PAGE) : -1,
                more);
    }

    /// Where the raw text is.
    public String raw() {
        var base = "/runs/" + run + "/log.txt";
        return task.isEmpty() ? base : base + "?task=" + task + "&attempt=" + attempt;
    }

    /// This log from its first line.
    public String whole() {
        var base = "/runs/" + run + "/logs?after=0";
        return task.isEmpty() ? base : base + "&task=" + task + "&attempt=" + attempt;
    }

    public String from(long after) {
        var base = "/runs/" + run + "/logs?after=" + after;
        return task.isEmpty() ? base : base + "&task=" + task + "&attempt=" + attempt;
    }
}

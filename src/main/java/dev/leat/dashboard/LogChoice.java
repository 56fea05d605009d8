package dev.leat.dashboard;

import dev.leat.store.LineFilter;
import dev.leat.store.search.LogQuery;
import dev.leat.task.LogKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What somebody wants to see of a run's log, as it stands in the address.
///
/// @param task empty for all
/// @param attempt 0 for all
/// @param stream the kinds of lines; empty for all
/// @param q the words that are looked for; empty for none
/// @param only whether lines without them are left out
/// @param time `utc`, `relative` or `none`
/// @param wrap `on` or `off`
/// @param problem why the words or kinds can't be used; empty where they can
record LogChoice(
        String run,
        String task,
        int attempt,
        String stream,
        String q,
        boolean only,
        String time,
        String wrap,
        @Nullable LogQuery query,
        Set<LogKind> kinds,
        String problem) {

    static LogChoice of(String run, @Nullable String task, int attempt) {
        return of(run, task, attempt, null, null, false, null, null);
    }

    static LogChoice of(
            String run,
            @Nullable String task,
            int attempt,
            @Nullable String stream,
            @Nullable String q,
            boolean only,
            @Nullable String time,
            @Nullable String wrap) {
        LogQuery query = null;
        Set<LogKind> kinds = Set.of();
        var problem = "";
        var words = text(q);
        try {
            kinds = LineFilter.kinds(stream);
            query = words.isEmpty() ? null : LogQuery.parse(words);
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        return new LogChoice(
                run,
                text(task),
                Math.max(0, attempt),
                text(stream),
                words,
                only && query != null,
                "none".equals(time) ? "none" : "relative".equals(time) ? "relative" : "utc",
                "off".equals(wrap) ? "off" : "on",
                query,
                kinds,
                problem);
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    /// The lines that are shown.
    LineFilter shown() {
        return new LineFilter(named(), attempt, kinds, only ? query : null);
    }

    /// The lines that are counted.
    LineFilter hits() {
        return new LineFilter(named(), attempt, kinds, query);
    }

    private @Nullable String named() {
        return task.isEmpty() ? null : task;
    }

    public boolean searching() {
        return query != null;
    }

    /// Whether some lines are left out.
    public boolean filtered() {
        return !task.isEmpty() || attempt > 0 || !kinds.isEmpty() || only;
    }

    /// What is chosen, but for what `place` has.
    private String address(String page, Map<String, Object> place) {
        var parts = new LinkedHashMap<String, Object>();
        parts.put("task", task);
        parts.put("attempt", attempt == 0 ? "" : attempt);
        parts.put("stream", stream);
        parts.put("q", q);
        parts.put("only", only ? "true" : "");
        parts.put("time", time.equals("utc") ? "" : time);
        parts.put("wrap", wrap.equals("on") ? "" : wrap);
        parts.putAll(place);
        var address = Address.of("/runs/" + run + page);
        parts.forEach(address::with);
        return address.toString();
    }

    /// The end of this log.
    public String end() {
        return address("/logs", Map.of());
    }

    /// This log from its first line.
    public String first() {
        return after(0);
    }

    public String after(long number) {
        return address("/logs", Map.of("after", number));
    }

    public String before(long number) {
        return address("/logs", Map.of("before", number));
    }

    public String line(long number) {
        return address("/logs", Map.of("line", number)) + "#L" + number;
    }

    /// The whole of a line that is clipped.
    public String whole(long number) {
        return address("/logs", Map.of("line", number, "whole", number)) + "#L" + number;
    }

    /// @param number of the line that the hit is in
    public String hit(int hit, long number) {
        return address("/logs", Map.of("hit", hit)) + "#L" + number;
    }

    public String timed(String other) {
        return address("/logs", Map.of("time", other.equals("utc") ? "" : other));
    }

    public String wrapped(String other) {
        return address("/logs", Map.of("wrap", other.equals("on") ? "" : other));
    }

    public String everything() {
        return address("/logs", Map.of("only", ""));
    }

    /// The same words in all runs.
    public String inAllRuns() {
        return Address.of("/logs").with("q", q).toString();
    }

    public String onlyHits() {
        return address("/logs", Map.of("only", "true"));
    }

    /// The same lines of everything that is kept, as a file.
    public String raw() {
        return of(run, task, attempt).address("/log.txt", Map.of());
    }

    /// What the stream has to know to send the same lines.
    public String live() {
        var address = address("", Map.of());
        var at = address.indexOf('?');
        return at < 0 ? "" : "&" + address.substring(at + 1);
    }
}

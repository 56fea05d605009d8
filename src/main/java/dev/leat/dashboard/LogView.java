package dev.leat.dashboard;

import dev.leat.store.RunLogSearch;
import dev.leat.store.RunLogSearch.Hits;
import dev.leat.store.RunLogs.Line;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a log.
///
/// @param last where live lines go on: the number of the last line that was looked at
/// @param earlier whether there may be lines before these
/// @param more whether there are later lines already
/// @param start what relative times count from
record LogView(
        LogChoice choice,
        List<LogLine> lines,
        long last,
        boolean earlier,
        boolean more,
        Instant start) {

    static final int PAGE = 500;

    /// Lines shown before the one that was asked for.
    private static final int LEAD = 100;

    /// Where in the log the page is. At most one is given; none for the end.
    record Place(@Nullable Long after, @Nullable Long before, @Nullable Long line, long whole) {
        static final Place END = new Place(null, null, null, 0);
    }

    static LogView end(RunLogSearch logs, RunPage page, LogChoice choice, int limit) {
        return upTo(logs, page, choice, Long.MAX_VALUE, limit, 0);
    }

    static LogView at(RunLogSearch logs, RunPage page, LogChoice choice, Place place) {
        if (place.line != null) {
            long from = Math.max(0, place.line - 1 - LEAD);
            return after(logs, page, choice, from, place.whole);
        }
        if (place.after != null) {
            return after(logs, page, choice, Math.max(0, place.after), place.whole);
        }
        return upTo(
                logs,
                page,
                choice,
                place.before == null ? Long.MAX_VALUE : place.before,
                PAGE,
                place.whole);
    }

    private static LogView after(
            RunLogSearch logs, RunPage page, LogChoice choice, long after, long whole) {
        var lines = logs.read(page.key(), choice.shown(), after, PAGE + 1);
        var more = RunLogSearch.mayHaveMore(lines, PAGE + 1);
        var shown = lines.size() > PAGE ? lines.subList(0, PAGE) : lines;
        return of(page, choice, shown, after > 0, more, whole, after);
    }

    private static LogView upTo(
            RunLogSearch logs, RunPage page, LogChoice choice, long before, int limit, long whole) {
        var found = logs.before(page.key(), choice.shown(), before, limit);
        return of(
                page,
                choice,
                found.lines(),
                found.earlier(),
                before != Long.MAX_VALUE,
                whole,
                found.searchedTo());
    }

    private static LogView of(
            RunPage page,
            LogChoice choice,
            List<Line> lines,
            boolean before,
            boolean more,
            long whole,
            long searchedTo) {
        var first = lines.isEmpty() ? 1 : lines.getFirst().number();
        return new LogView(
                choice,
                lines.stream().map(line -> LogLine.of(line, choice.query(), whole)).toList(),
                Math.max(searchedTo, lines.isEmpty() ? 0 : lines.getLast().number()),
                before && first > 1,
                more,
                page.run().startedAt() == null ? page.run().createdAt() : page.run().startedAt());
    }

    /// How it looks: times and long lines.
    public String css() {
        return "time-" + choice.time() + " wrap-" + choice.wrap();
    }

    public boolean clock() {
        return choice.time().equals("utc");
    }

    public String earlierHref() {
        return choice.before(lines.isEmpty() ? Long.MAX_VALUE : lines.getFirst().number());
    }

    public String laterHref() {
        return choice.after(last);
    }

    /// Where a script that hears nothing fetches further lines; `after` is added.
    public String catchUp() {
        var end = choice.end();
        return end + (end.indexOf('?') < 0 ? "?" : "&") + "after=";
    }

    /// What was found in the whole log.
    ///
    /// @param current which of them is looked at, from 1; 0 for none
    record Found(LogChoice choice, Hits hits, int current) {

        static Found of(LogChoice choice, Hits hits, @Nullable Integer hit, @Nullable Long line) {
            int current = hit != null ? hit : line != null ? hits.from(line) + 1 : 1;
            return new Found(choice, hits, Math.max(0, Math.min(current, hits.count())));
        }

        public int count() {
            return hits.count();
        }

        public boolean all() {
            return hits.all();
        }

        public long searchedTo() {
            return hits.searchedTo();
        }

        /// The number of the line that is looked at; null for none.
        @Nullable Long number() {
            return current == 0 ? null : hits.numbers().get(current - 1);
        }

        /// Empty where there is none before.
        public String previous() {
            return current < 2 ? "" : href(current - 1);
        }

        public String next() {
            return current >= count() ? "" : href(current + 1);
        }

        private String href(int hit) {
            return choice.hit(hit, hits.numbers().get(hit - 1));
        }
    }
}

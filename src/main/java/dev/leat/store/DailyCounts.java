package dev.leat.store;

import dev.leat.store.Reads.Link;
import dev.leat.store.WorkflowHistory.Day;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Counts a workflow's runs day by day, and those that failed, without counting again what can't
/// change any more: no run is opened on a day that is past, and none fails where all have ended. So
/// a question costs what the last two days hold and what isn't over, but the first one after a
/// start, which reads the index of the year's runs once.
final class DailyCounts {

    private static final int MOST_WORKFLOWS = 256;
    private static final long DAY = Ids.millis(86_400_000L);

    /// Before it there are no ids.
    private static final long FIRST_DAY = Ids.FIRST_DAY.toEpochDay();

    /// Ids begin with their moment, so each day is a stretch of the index, and is counted from it.
    private static final String COUNT =
            """
            with recursive day(number, first) as (
                select cast(? as bigint), cast(? as bigint)
                union all select number + 1, first + DAY from day where number < ?)
            select day.number, (select count(*) from run r
                where r.workflow = ? and r.id >= day.first and r.id < day.first + DAY and %s) from day"""
                    .replace("DAY", String.valueOf(DAY));

    private static final String RUNS = COUNT.formatted("1 = 1");
    /// The second condition is the one of the index on failures, in its words.
    private static final String FAILED =
            COUNT.formatted(
                    "r.state in ('FAILED', 'TIMED_OUT') and r.state in ('FAILED', 'CANCELLED', 'TIMED_OUT')");

    private final Map<String, Known> known =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                            return size() > MOST_WORKFLOWS;
                        }
                    });

    /// Each day from one to another, in order.
    List<Day> of(Link link, String workflow, LocalDate from, LocalDate today) throws SQLException {
        var before = known.getOrDefault(workflow, Known.NOTHING);
        var first = from.toEpochDay();
        // Another node's clock may be behind.
        var settled = today.toEpochDay() - 1;
        var ended = Math.min(settled, firstOpen(link, workflow));
        var runs = count(link, RUNS, workflow, before.runs(), first, today.toEpochDay());
        var failed = count(link, FAILED, workflow, before.failed(), first, today.toEpochDay());
        known.put(
                workflow,
                new Known(
                        new TreeMap<>(runs.headMap(settled)),
                        new TreeMap<>(failed.headMap(ended))));
        return runs.entrySet().stream()
                .map(
                        day ->
                                new Day(
                                        LocalDate.ofEpochDay(day.getKey()),
                                        day.getValue(),
                                        failed.getOrDefault(day.getKey(), 0)))
                .toList();
    }

    /// The day of the oldest run that hasn't ended.
    private static long firstOpen(Link link, String workflow) throws SQLException {
        return link.first(
                        "select id from run where workflow = ? and state in "
                                + RunQuestion.UNFINISHED
                                + " order by id limit 1",
                        Columns::number,
                        workflow)
                .map(id -> id / DAY + FIRST_DAY)
                .orElse(Long.MAX_VALUE);
    }

    private static NavigableMap<Long, Integer> count(
            Link link,
            String question,
            String workflow,
            NavigableMap<Long, Integer> before,
            long first,
            long today)
            throws SQLException {
        var usable = !before.isEmpty() && before.firstKey() <= first && before.lastKey() >= first;
        var counts = new TreeMap<Long, Integer>(usable ? before.tailMap(first) : Map.of());
        var from = usable ? before.lastKey() + 1 : first;
        link.list(
                question,
                row -> counts.put(row.number(), row.integer()),
                from,
                (from - FIRST_DAY) * DAY,
                today,
                workflow);
        return counts;
    }

    /// What can't change any more, by day.
    private record Known(NavigableMap<Long, Integer> runs, NavigableMap<Long, Integer> failed) {
        static final Known NOTHING = new Known(new TreeMap<>(), new TreeMap<>());
    }
}

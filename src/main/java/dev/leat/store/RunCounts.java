package dev.leat.store;

import dev.leat.store.Reads.Link;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Counts runs by state since a moment, without counting again those of stretches of time in which
/// every run has ended: nothing changes there any more. So a question costs what the last minutes
/// hold, and what isn't over, however many runs there were.
final class RunCounts {

    /// A power of two of milliseconds, as ids count them: 17 minutes.
    private static final long STRETCH = Ids.millis(1 << 20);

    /// Other nodes' clocks may be behind by less than this.
    private static final int RECENT_STRETCHES = 2;

    private static final int MOST_KEPT = 2_000;

    /// Naming every state lets the index on state and id answer without the rows.
    private static final String COUNT =
            """
            select state, count(*) from run
            where state in ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCESS', 'FAILED', 'CANCELLED', 'TIMED_OUT')
                and id >= ? and id < ?
            group by state""";

    private final Reads reads;
    private final ConcurrentSkipListMap<Long, Map<RunState, Long>> ended =
            new ConcurrentSkipListMap<>();

    RunCounts(Reads reads) {
        this.reads = reads;
    }

    /// States without any are left out.
    Map<RunState, Long> since(Instant since) {
        var first = Ids.firstAt(since);
        var counts = new EnumMap<RunState, Long>(RunState.class);
        reads.together(
                link -> {
                    var newest = newest(link);
                    var from = first;
                    var stretch = (first / STRETCH + 1) * STRETCH;
                    // Before the oldest of all there is nothing to look at.
                    if (stretch < newest - MOST_KEPT * STRETCH) {
                        stretch = newest / STRETCH * STRETCH;
                    }
                    for (; stretch < newest; stretch += STRETCH) {
                        add(counts, between(link, from, stretch, newest));
                        from = stretch;
                    }
                    add(counts, count(link, from, Long.MAX_VALUE));
                    return counts;
                });
        return counts;
    }

    private static long newest(Link link) throws SQLException {
        return link.first("select max(id) from run", Columns::number).orElse(0L);
    }

    private Map<RunState, Long> between(Link link, long from, long to, long newest)
            throws SQLException {
        var whole = from % STRETCH == 0 && to == from + STRETCH;
        var known = whole ? ended.get(from) : null;
        if (known != null) {
            return known;
        }
        var counted = count(link, from, to);
        var over = counted.keySet().stream().allMatch(RunState::terminal);
        if (whole && over && to < newest - RECENT_STRETCHES * STRETCH) {
            ended.put(from, counted);
            if (ended.size() > MOST_KEPT) {
                ended.pollFirstEntry();
            }
        }
        return counted;
    }

    private static Map<RunState, Long> count(Link link, long from, long to) throws SQLException {
        var counts = new EnumMap<RunState, Long>(RunState.class);
        link.list(COUNT, row -> counts.put(RunState.valueOf(row.text()), row.number()), from, to);
        return counts;
    }

    private static void add(Map<RunState, Long> to, Map<RunState, Long> more) {
        more.forEach((state, count) -> to.merge(state, count, Long::sum));
    }
}

package dev.leat.store;

import dev.leat.store.Reads.Link;
import dev.leat.store.RunStore.HalfHour;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// Counts runs by state and half hour, without counting again those half hours in which every run
/// has ended: nothing changes there any more. So a question costs what the last minutes hold, and
/// what isn't over, however many runs there were.
final class RunCounts {

    private static final Duration LENGTH = Duration.ofMinutes(30);

    /// So many half hours back every single one is looked at: 41 days.
    private static final int MOST_KEPT = 2_000;

    /// Other nodes' clocks may be behind by less than this.
    private static final long RECENT = Ids.millis(LENGTH.toMillis());

    /// Naming every state lets the index on state and id answer without the rows.
    private static final String COUNT =
            """
            select state, count(*) from run
            where state in ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCESS', 'FAILED', 'CANCELLED', 'TIMED_OUT')
                and id >= ? and id < ?
            group by state""";

    private final Reads reads;
    private final ConcurrentSkipListMap<Instant, Map<RunState, Long>> ended =
            new ConcurrentSkipListMap<>();

    RunCounts(Reads reads) {
        this.reads = reads;
    }

    /// States without any are left out.
    Map<RunState, Long> since(Instant since) {
        var counts = new EnumMap<RunState, Long>(RunState.class);
        return reads.together(
                link -> {
                    var newest = newest(link);
                    var from = Ids.firstAt(since);
                    var whole = after(since);
                    // Before the oldest of all there is nothing to look at.
                    var farthest = begin(Ids.at(newest)).minus(LENGTH.multipliedBy(MOST_KEPT));
                    if (whole.isBefore(farthest)) {
                        whole = after(Ids.at(newest));
                    }
                    add(counts, count(link, from, Ids.firstAt(whole)));
                    for (; Ids.firstAt(whole) <= newest; whole = whole.plus(LENGTH)) {
                        add(counts, inHalfHour(link, whole, newest));
                    }
                    return counts;
                });
    }

    /// The last half hours, oldest first; the newest is the one that goes on.
    List<HalfHour> lately(Instant now, int number) {
        var first = begin(now).minus(LENGTH.multipliedBy(number - 1L));
        return reads.together(
                link -> {
                    var newest = newest(link);
                    var lately = new ArrayList<HalfHour>(number);
                    for (int at = 0; at < number; at++) {
                        var begin = first.plus(LENGTH.multipliedBy(at));
                        lately.add(new HalfHour(begin, inHalfHour(link, begin, newest)));
                    }
                    return lately;
                });
    }

    private static Instant begin(Instant at) {
        return Instant.ofEpochSecond(
                Math.floorDiv(at.getEpochSecond(), LENGTH.toSeconds()) * LENGTH.toSeconds());
    }

    private static Instant after(Instant at) {
        return begin(at).plus(LENGTH);
    }

    private static long newest(Link link) throws SQLException {
        return link.first("select max(id) from run", Columns::number).orElse(0L);
    }

    private Map<RunState, Long> inHalfHour(Link link, Instant begin, long newest)
            throws SQLException {
        var known = ended.get(begin);
        if (known != null) {
            return known;
        }
        if (Ids.firstAt(begin) > newest) {
            return Map.of();
        }
        var end = Ids.firstAt(begin.plus(LENGTH));
        var counted = count(link, Ids.firstAt(begin), end);
        var over = counted.keySet().stream().allMatch(RunState::terminal);
        if (over && end < newest - RECENT) {
            ended.put(begin, counted);
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

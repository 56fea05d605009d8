package dev.leat.store;

import dev.leat.store.Reads.Link;
import dev.leat.store.WorkflowHistory.Glance;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The latest runs of many workflows. What a workflow's were is kept while they are the same: its
/// newest run is still the newest, and all of them have ended, which is final. So a list of
/// hundreds of workflows costs a key for each, and the runs of those in which something happened.
final class LatestRuns {

    private static final int MOST_WORKFLOWS = 2_000;

    /// Databases take only so many parameters.
    private static final int MOST_AT_ONCE = 1_000;

    private static final String NEWEST =
            "select w.id, (select max(r.id) from run r where r.workflow = w.id) from workflow w where ";
    private static final String LATEST =
            """
            select s.workflow, r.id, r.state, r.revision_number, r.created_at, r.started_at, r.finished_at
            from step s join run r on r.id = s.id""";

    private final Map<String, Kept> kept =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                            return size() > MOST_WORKFLOWS;
                        }
                    });

    /// @param which a condition on the workflows `w`
    Map<String, List<Glance>> of(Link link, String which, List<Object> parameters, int limit)
            throws SQLException {
        var latest = new HashMap<String, List<Glance>>();
        var stale = new ArrayList<Object>();
        link.list(
                NEWEST + which,
                row -> sort(row.text(), row.numberOrNull(), limit, latest, stale),
                parameters.toArray());
        for (int from = 0; from < stale.size(); from += MOST_AT_ONCE) {
            var some = stale.subList(from, Math.min(from + MOST_AT_ONCE, stale.size()));
            read(link, some, limit)
                    .forEach(
                            (workflow, runs) -> {
                                latest.put(workflow, runs);
                                kept.put(workflow, new Kept(limit, runs));
                            });
        }
        return latest;
    }

    private boolean sort(
            String workflow,
            @Nullable Long newest,
            int limit,
            Map<String, List<Glance>> latest,
            List<Object> stale) {
        if (newest == null) {
            return false;
        }
        var known = kept.get(workflow);
        if (known != null && known.holds(newest, limit)) {
            latest.put(workflow, known.runs());
            return true;
        }
        return stale.add(workflow);
    }

    private static Map<String, List<Glance>> read(Link link, List<Object> workflows, int limit)
            throws SQLException {
        var read = new HashMap<String, List<Glance>>();
        var parameters = new ArrayList<>(workflows);
        parameters.add(limit);
        link.list(
                WorkflowHistory.steps("w.id in " + WorkflowHistory.places(workflows.size()))
                        + LATEST,
                row -> read.computeIfAbsent(row.text(), _ -> new ArrayList<>()).add(glance(row)),
                parameters.toArray());
        read.replaceAll(
                (_, runs) ->
                        runs.stream().sorted(Comparator.comparing(Glance::id).reversed()).toList());
        return read;
    }

    private static Glance glance(Columns row) throws SQLException {
        return new Glance(
                row.number(),
                RunState.valueOf(row.text()),
                row.integer(),
                row.number(),
                row.numberOrNull(),
                row.numberOrNull());
    }

    /// @param limit how many were asked for
    private record Kept(int limit, List<Glance> runs) {

        boolean holds(long newest, int wanted) {
            return wanted == limit
                    && runs.getFirst().id() == newest
                    && runs.stream().allMatch(run -> run.state().terminal());
        }
    }
}

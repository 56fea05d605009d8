package dev.leat.store;

import dev.leat.store.RunStore.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which runs a list asks for, in words from which the databases see which index has few enough of
/// them: a plan is made of a question's text and not of what it holds, and SQLite takes an index
/// that holds a part of the runs only where the question repeats that part's condition.
record RunQuestion(String conditions, List<Object> parameters) {

    static final String UNFINISHED = "('QUEUED', 'RUNNING', 'PAUSED')";
    private static final String FAILURES = "('FAILED', 'CANCELLED', 'TIMED_OUT')";

    /// Ids may run ahead of the clock: when it was set back, or for a burst.
    private static final Duration AHEAD = Duration.ofHours(1);

    static RunQuestion of(Filter filter, long before) {
        var conditions = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        conditions.add("r.id < ?");
        parameters.add(
                filter.until() == null
                        ? before
                        : Math.min(before, Ids.firstAt(filter.until().plus(AHEAD))));
        if (filter.workflow() != null) {
            conditions.add("r.workflow = ?");
            parameters.add(filter.workflow());
        }
        if (filter.trigger() != null) {
            // Few runs of a trigger are of one workflow, and few of those that haven't ended are of
            // one trigger: such questions are left to the other condition's index.
            var byTrigger =
                    filter.workflow() == null
                            && (filter.state() == null || filter.state().terminal());
            conditions.add(byTrigger ? "r.trigger_kind = ?" : "coalesce(r.trigger_kind, '') = ?");
            parameters.add(filter.trigger());
        }
        if (filter.revision() != null) {
            conditions.add("r.revision_number = ?");
            parameters.add(filter.revision());
        }
        if (filter.state() != null) {
            var alone = filter.workflow() == null && filter.trigger() == null;
            conditions.add(alone ? inState(filter.state()) : beside(filter.state()));
        }
        if (filter.since() != null) {
            conditions.add("r.id >= ? and r.created_at >= ?");
            parameters.add(Ids.firstAt(filter.since()));
            parameters.add(Micros.of(filter.since()));
        }
        if (filter.until() != null) {
            conditions.add("r.created_at < ?");
            parameters.add(Micros.of(filter.until()));
        }
        filter.labels()
                .forEach(
                        (name, value) -> {
                            conditions.add(
                                    "r.id in (select l.run from run_label l where l.name = ? and l.value = ?)");
                            parameters.add(name);
                            parameters.add(value);
                        });
        return new RunQuestion(String.join(" and ", conditions), parameters);
    }

    private static String inState(RunState state) {
        return "r.state = '" + state + "'";
    }

    private static String beside(RunState state) {
        return switch (state) {
            case QUEUED, RUNNING, PAUSED -> inState(state) + " and r.state in " + UNFINISHED;
            case FAILED, CANCELLED, TIMED_OUT -> inState(state) + " and r.state in " + FAILURES;
            // Most runs, so that the other condition's index serves.
            case SUCCESS -> "r.state not in " + UNFINISHED + " and r.state not in " + FAILURES;
        };
    }

    Object[] parametersAnd(Object last) {
        var all = new ArrayList<>(parameters);
        all.add(last);
        return all.toArray();
    }
}

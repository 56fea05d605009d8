package dev.leat.dashboard;

import dev.leat.task.Durations;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.TriggerSpec.CatchUp;
import dev.leat.workflow.Workflow.Concurrency;

/// Says what becomes of fires that come late or come too many.
final class LateWords {

    private LateWords() {}

    /// What becomes of fires that nobody was there for; empty where a trigger doesn't go by the
    /// clock.
    static String late(TriggerSpec spec) {
        return spec.kind() instanceof TriggerSpec.Clock clock ? late(clock.timing().catchUp()) : "";
    }

    private static String late(CatchUp policy) {
        var within =
                policy.window() == null
                        ? ""
                        : ", unless it is longer ago than " + Durations.text(policy.window());
        return switch (policy.policy()) {
            case NONE -> "fires that nobody was there for are missed";
            case LAST -> "the last one that nobody was there for is made up for" + within;
            case ALL ->
                    "the last %d that nobody was there for are made up for%s"
                            .formatted(policy.most(), within);
        };
    }

    /// How many runs of the workflow go on at once, and what the next one does.
    static String atOnce(Concurrency concurrency) {
        if (concurrency.limit() == 0) {
            return "any number";
        }
        var next =
                switch (concurrency.onConflict()) {
                    case QUEUE -> "the next one waits in line";
                    case SKIP -> "the next one isn't started";
                    case CANCEL_RUNNING -> "the next one ends the one that goes on";
                    case ALLOW -> "the next one goes on all the same";
                };
        return "%d, and %s".formatted(concurrency.limit(), next);
    }
}

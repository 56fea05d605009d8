package dev.leat.engine.firing;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.RunState;
import dev.leat.store.RunStore;
import dev.leat.store.TriggerState;
import dev.leat.store.TriggerState.Pause;
import dev.leat.store.TriggerStore;
import dev.leat.task.Durations;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Pauses triggers whose runs fail one after the other, and tries a single run now and then to see
/// whether they still do: a circuit breaker with a half-open state.
@Singleton
class SelfProtection {

    private static final Logger LOG = Logger.getLogger(SelfProtection.class);

    private final TriggerStore store;
    private final RunStore runs;
    private final Journal journal;
    private final FiringConfig config;

    SelfProtection(TriggerStore store, RunStore runs, Journal journal, FiringConfig config) {
        this.store = store;
        this.runs = runs;
        this.journal = journal;
        this.config = config;
    }

    sealed interface Answer {
        record Go() implements Answer {}

        record Paused(String sentence) implements Answer {}

        /// It may start a single run, whose end decides.
        record Trial(Armed trigger, Pause pause) implements Answer {
            List<Change> begun(long run) {
                var state =
                        trigger.state()
                                .paused(
                                        new Pause(
                                                pause.at(),
                                                pause.by(),
                                                pause.why(),
                                                pause.trialAt(),
                                                run));
                trigger.standing().change(state);
                return List.of(new Change.TriggerSaved(state));
            }
        }
    }

    Answer ask(Armed trigger, Instant now) {
        var pause = trigger.state().pause();
        if (pause != null) {
            return whilePaused(trigger, pause, now);
        }
        var sentence = failing(trigger);
        if (sentence == null) {
            return new Answer.Go();
        }
        LOG.warnf(
                "Trigger '%s' of '%s' pauses itself: %s.",
                trigger.id(), trigger.workflow(), sentence);
        var trialAt = now.plus(config.trialAfter());
        keep(trigger, trigger.state().paused(new Pause(now, "leat", sentence, trialAt, null)));
        return new Answer.Paused(
                "it has paused itself: %s; a trial run comes after %s"
                        .formatted(sentence, Durations.text(config.trialAfter())));
    }

    private Answer whilePaused(Armed trigger, Pause pause, Instant now) {
        var trialAt = pause.trialAt();
        if (trialAt == null) {
            return new Answer.Paused(
                    "%s paused it at %s%s"
                            .formatted(
                                    pause.by() == null ? "somebody" : pause.by(),
                                    pause.at(),
                                    pause.why() == null ? "" : ": " + pause.why()));
        }
        var trial = pause.trialRun();
        if (trial == null) {
            return now.isBefore(trialAt)
                    ? new Answer.Paused(
                            "it has paused itself (%s), and tries a run from %s on"
                                    .formatted(pause.why(), trialAt))
                    : new Answer.Trial(trigger, pause);
        }
        var state = runs.state(trial).orElse(RunState.CANCELLED);
        if (!state.terminal()) {
            return new Answer.Paused(
                    "it has paused itself (%s), and its trial run %s goes on"
                            .formatted(pause.why(), Ids.text(trial)));
        }
        if (state == RunState.SUCCESS) {
            LOG.infof(
                    "Trigger '%s' of '%s' goes on: its trial run %s succeeded.",
                    trigger.id(), trigger.workflow(), Ids.text(trial));
            keep(trigger, trigger.state().resumed(now));
            return new Answer.Go();
        }
        var next = now.plus(config.trialAfter());
        keep(
                trigger,
                trigger.state().paused(new Pause(pause.at(), pause.by(), pause.why(), next, null)));
        return new Answer.Paused(
                "its trial run %s ended %s; it tries another from %s on"
                        .formatted(Ids.text(trial), state, next));
    }

    /// A sentence where the last runs failed, as many as the trigger bears.
    private @Nullable String failing(Armed trigger) {
        var most = trigger.spec().pauseAfterFailures();
        if (most == 0) {
            return null;
        }
        var latest =
                store
                        .latestRuns(
                                trigger.workflow(),
                                trigger.id(),
                                trigger.state().countedFrom(),
                                2 * most + 10)
                        .stream()
                        .filter(each -> each.state().terminal())
                        .limit(most)
                        .toList();
        var failed = latest.size() == most && latest.stream().allMatch(SelfProtection::failed);
        if (!failed) {
            return null;
        }
        var named = latest.stream().limit(3).map(each -> Ids.text(each.run())).toList();
        return most == 1
                ? "run %s failed".formatted(named.getFirst())
                : "%d runs in a row failed, %s the last".formatted(most, String.join(", ", named));
    }

    private static boolean failed(TriggerStore.Ended each) {
        return each.state() == RunState.FAILED || each.state() == RunState.TIMED_OUT;
    }

    private void keep(Armed trigger, TriggerState state) {
        trigger.standing().change(state);
        journal.write(List.of(new Change.TriggerSaved(state))).join();
    }
}

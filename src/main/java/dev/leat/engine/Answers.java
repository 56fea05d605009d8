package dev.leat.engine;

import dev.leat.store.Change;
import dev.leat.store.Ids;
import dev.leat.store.Journal;
import dev.leat.store.Locks;
import dev.leat.store.WaitStore;
import dev.leat.task.Awaited;
import dev.leat.task.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Brings answers and signals to the tasks that wait for them. What is answered is on disk before
/// its task hears of it; whoever takes a run up looks there first, so no answer is lost and none
/// counts twice.
@ApplicationScoped
class Answers {

    private static final String SIGNALS = "signals";
    private static final int MOST_AT_ONCE = 10_000;

    private final WaitStore waits;
    private final Journal journal;
    private final Locks locks;
    private final Ids ids;
    private final InstantSource clock;
    private volatile LongConsumer tell = run -> {};

    Answers(WaitStore waits, Journal journal, Locks locks, Ids ids, InstantSource clock) {
        this.waits = waits;
        this.journal = journal;
        this.locks = locks;
        this.ids = ids;
        this.clock = clock;
    }

    /// @param listener is told of each run of which a task has its answer
    void whenAnswered(LongConsumer listener) {
        tell = listener;
    }

    /// What came of a wait.
    ///
    /// @param reason what people should know of it
    record Given(Outcome outcome, String reason) {}

    /// Gives an answer to an attempt that waits for one.
    ///
    /// @return false where it had one already
    boolean give(WaitStore.Waiting to, Map<String, @Nullable Object> answer, @Nullable String by) {
        var given =
                locks.within(
                        "answer " + Ids.text(to.run()),
                        () -> {
                            if (waits.answer(to.run(), to.task(), to.attempt()).isPresent()) {
                                return false;
                            }
                            Writes.await(journal.write(List.of(answered(to, answer, by))));
                            return true;
                        });
        tell.accept(to.run());
        return given;
    }

    /// Sends a signal to all that wait for it now. Without any, it is kept for the first that will.
    ///
    /// @return how many got it
    int send(Awaited.Signal signal, @Nullable Object payload, @Nullable String by, Duration keep) {
        var awaits = TaskDetail.awaits(signal.name(), signal.key());
        var told = locks.within(SIGNALS, () -> sendLocked(awaits, payload, by, keep));
        told.forEach(tell::accept);
        return told.size();
    }

    private List<Long> sendLocked(
            String awaits, @Nullable Object payload, @Nullable String by, Duration keep) {
        var now = clock.instant();
        var waiting = waits.waiting(awaits, MOST_AT_ONCE);
        var changes = new ArrayList<Change>();
        for (var each : waiting) {
            changes.add(answered(each, AnswerRules.payload(payload), by));
        }
        if (waiting.isEmpty()) {
            changes.add(
                    new Change.SignalKept(ids.next(), awaits, payload, by, now, now.plus(keep)));
        }
        Writes.await(journal.write(changes));
        return waiting.stream().map(WaitStore.Waiting::run).toList();
    }

    private Change answered(
            WaitStore.Waiting to, Map<String, @Nullable Object> answer, @Nullable String by) {
        return new Change.Answered(to.run(), to.task(), to.attempt(), answer, by, clock.instant());
    }

    /// What has come for an attempt that waits. A signal that was kept is taken for it.
    Optional<Given> look(long run, String task, int attempt, Awaited awaited) {
        var known =
                waits.answer(run, task, attempt).map(answer -> AnswerRules.given(awaited, answer));
        if (known.isPresent() || !(awaited instanceof Awaited.Signal signal)) {
            return known;
        }
        return locks.within(SIGNALS, () -> take(run, task, attempt, signal));
    }

    private Optional<Given> take(long run, String task, int attempt, Awaited.Signal signal) {
        var answer = waits.answer(run, task, attempt);
        if (answer.isPresent()) {
            return answer.map(one -> AnswerRules.given(signal, one));
        }
        var now = clock.instant();
        var kept = waits.signal(TaskDetail.awaits(signal.name(), signal.key()), now);
        kept.ifPresent(
                one ->
                        Writes.await(
                                journal.write(
                                        List.of(
                                                new Change.Answered(
                                                        run,
                                                        task,
                                                        attempt,
                                                        AnswerRules.payload(one.payload()),
                                                        one.by(),
                                                        now),
                                                new Change.SignalTaken(one.id())))));
        return kept.map(
                one ->
                        AnswerRules.given(
                                signal,
                                new WaitStore.Answer(
                                        AnswerRules.payload(one.payload()), one.by(), now)));
    }
}

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
    /// @return the answer that it had already, which stays; nothing where this one counts
    Optional<WaitStore.Answer> give(
            WaitStore.Waiting to, Map<String, @Nullable Object> answer, @Nullable String by) {
        var earlier =
                locks.within(
                        lock(to.run()),
                        () -> {
                            var known = waits.answer(to.run(), to.task(), to.attempt());
                            if (known.isEmpty()) {
                                Writes.await(journal.write(List.of(answered(to, answer, by))));
                            }
                            return known;
                        });
        tell.accept(to.run());
        return earlier;
    }

    private static String lock(long run) {
        return "answer " + Ids.text(run);
    }

    /// Takes no answer for an attempt any more: its time is up. Whoever answers from now on is
    /// refused.
    ///
    /// @return what has come before
    Optional<Given> close(long run, String task, int attempt, Awaited awaited) {
        var lock = awaited instanceof Awaited.Signal ? SIGNALS : lock(run);
        return locks.within(
                lock,
                () -> {
                    var come = lookLocked(run, task, attempt, awaited);
                    if (come.isEmpty() && waits.answer(run, task, attempt).isEmpty()) {
                        Writes.await(journal.write(List.of(tooLate(run, task, attempt))));
                    }
                    return come;
                });
    }

    private Change tooLate(long run, String task, int attempt) {
        return new Change.Answered(
                run, task, attempt, AnswerRules.tooLate(), null, clock.instant());
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
        var known = waits.answer(run, task, attempt);
        return known.isPresent() || !(awaited instanceof Awaited.Signal)
                ? known.flatMap(answer -> given(awaited, answer))
                : locks.within(SIGNALS, () -> lookLocked(run, task, attempt, awaited));
    }

    private static Optional<Given> given(Awaited awaited, WaitStore.Answer answer) {
        return AnswerRules.isTooLate(answer)
                ? Optional.empty()
                : Optional.of(AnswerRules.given(awaited, answer));
    }

    private Optional<Given> lookLocked(long run, String task, int attempt, Awaited awaited) {
        var answer = waits.answer(run, task, attempt);
        if (answer.isPresent() || !(awaited instanceof Awaited.Signal signal)) {
            return answer.flatMap(one -> given(awaited, one));
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

package dev.leat.store;

import dev.leat.store.RunEvent.Changed;
import dev.leat.store.RunEvent.Cursor;
import dev.leat.store.RunEvent.Ended;
import dev.leat.store.RunEvent.Wrote;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Follows runs: first what has happened since a cursor, then what happens, with nothing lost and
/// nothing doubled.
@ApplicationScoped
public class RunWatch {

    private static final int BYTES_PER_LINE = 100;

    private final RunStore runs;
    private final RunLogs logs;
    private final RunFeed feed;

    RunWatch(RunStore runs, RunLogs logs, RunFeed feed) {
        this.runs = runs;
        this.logs = logs;
        this.feed = feed;
    }

    /// Everything after the cursor. Whoever follows slowly is never buffered for without bound:
    /// what didn't fit is read from the store once it is asked for.
    public Following follow(long run, Cursor after) {
        return new Following(run, after);
    }

    /// One reader's place in one run. Used by one thread.
    public final class Following implements AutoCloseable {

        private final long run;
        private final Semaphore news = new Semaphore(1);
        private final Catchup<Transition> transitions;
        private final Catchup<RunLogs.Line> lines;
        private final List<RunLogs.Subscription> subscriptions = new ArrayList<>();
        private final ArrayDeque<RunEvent> ready = new ArrayDeque<>();
        private Cursor cursor;
        private boolean mayBeOver = true;
        private boolean ended;

        private Following(long run, Cursor after) {
            this.run = run;
            this.cursor = after;
            transitions =
                    new Catchup<>(
                            step -> step.seq, (from, limit) -> runs.transitions(run, from, limit));
            lines = new Catchup<>(RunLogs.Line::number, new LinesOf(run));
            subscriptions.add(feed.follow(run, step -> hear(transitions, step)));
            subscriptions.add(logs.follow(run, line -> hear(lines, line)));
        }

        private <T> void hear(Catchup<T> catchup, T item) {
            catchup.hear(item);
            news.release();
        }

        /// The next event, or nothing when the time is up first. [Ended] is the last one.
        public Optional<RunEvent> next(Duration atMost) throws InterruptedException {
            gather();
            if (ready.isEmpty() && !ended) {
                if (news.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                } else {
                    // Another node may carry the run; nothing of that is heard here.
                    transitions.lookAgain();
                    lines.lookAgain();
                    mayBeOver = true;
                }
                gather();
            }
            return Optional.ofNullable(ready.poll());
        }

        private void gather() {
            while (ready.isEmpty() && !ended) {
                merge(transitions.take(cursor.transitions()), lines.take(cursor.lines()));
                if (!transitions.behind() && !lines.behind()) {
                    break;
                }
            }
            if (ready.isEmpty() && mayBeOver && !ended) {
                endIfOver();
            }
        }

        /// By time; of one moment, the step comes before the line.
        private void merge(List<Transition> steps, List<RunLogs.Line> written) {
            int line = 0;
            for (var step : steps) {
                while (line < written.size() && micros(written.get(line)) < step.at) {
                    add(written.get(line++));
                }
                cursor = cursor.withTransitions(step.seq);
                mayBeOver |= step.task == null;
                ready.add(new Changed(step, cursor));
            }
            while (line < written.size()) {
                add(written.get(line++));
            }
        }

        private void add(RunLogs.Line line) {
            cursor = cursor.withLines(line.number());
            ready.add(new Wrote(line, cursor));
        }

        private void endIfOver() {
            mayBeOver = false;
            var stored = runs.run(run);
            if (stored.isPresent()
                    && stored.get().state.terminal()
                    && stored.get().lastSeq <= cursor.transitions()) {
                merge(List.of(), lines.readAll(cursor.lines()));
                ready.add(new Ended(stored.get().state, cursor));
                ended = true;
            }
        }

        @Override
        public void close() {
            subscriptions.forEach(RunLogs.Subscription::close);
        }
    }

    private final class LinesOf implements Catchup.Reader<RunLogs.Line> {

        private final long run;

        LinesOf(long run) {
            this.run = run;
        }

        @Override
        public List<RunLogs.Line> read(long after, int limit) {
            return logs.read(run, null, 0, after, limit);
        }

        @Override
        public boolean mayHaveMore(List<RunLogs.Line> items, int limit) {
            return RunLogs.mayHaveMore(items, limit);
        }

        @Override
        public long weight(RunLogs.Line line) {
            return line.text().length() + BYTES_PER_LINE;
        }
    }

    private static long micros(RunLogs.Line line) {
        return TimeUnit.SECONDS.toMicros(line.at().getEpochSecond()) + line.at().getNano() / 1_000;
    }
}

package dev.leat.store;

import dev.leat.store.RunLogs.AttemptLog;
import dev.leat.store.RunLogs.Line;
import dev.leat.task.LogKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The logs of a run that somebody writes to. One lock holds the run's numbering together: a line
/// gets its number, its place in the buffer and its listeners' ears in one step, so that nobody
/// sees a line before a smaller one.
final class RunLog {

    private final long run;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Attempt> open = new ArrayList<>();
    private final Consumer<Line> listeners;
    private long last;

    /// @param last the number of the run's last line so far
    RunLog(long run, long last, Consumer<Line> listeners) {
        this.run = run;
        this.last = last;
        this.listeners = listeners;
    }

    long run() {
        return run;
    }

    Attempt open(String task, int attempt, LogWriter writer, Host host) {
        var opened = new Attempt(task, attempt, writer, host);
        lock.lock();
        try {
            open.add(opened);
            return opened;
        } finally {
            lock.unlock();
        }
    }

    boolean idle() {
        lock.lock();
        try {
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Hands everything to the operating system; answers the number of the last line that readers
    /// of the files find then.
    long flush() {
        lock.lock();
        try {
            open.forEach(attempt -> attempt.writer.flush());
            return last;
        } finally {
            lock.unlock();
        }
    }

    /// What an attempt's log needs of those around it.
    interface Host {
        long micros();

        /// Something waits to be flushed.
        void dirty(Attempt attempt);

        void closed(RunLog log);
    }

    final class Attempt implements AttemptLog {

        private final String task;
        private final int attempt;
        private final LogWriter writer;
        private final Host host;
        private final AtomicBoolean dirty = new AtomicBoolean();
        private boolean closed;

        private Attempt(String task, int attempt, LogWriter writer, Host host) {
            this.task = task;
            this.attempt = attempt;
            this.writer = writer;
            this.host = host;
        }

        @Override
        public void append(LogKind kind, String text) {
            var lines = LogFormat.lines(text);
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                var micros = host.micros();
                for (var line : lines) {
                    last++;
                    writer.add(last, micros, LogFormat.encode(last, micros, kind, line));
                    listeners.accept(
                            new Line(last, Micros.instant(micros), task, attempt, kind, line));
                }
            } finally {
                lock.unlock();
            }
            if (dirty.compareAndSet(false, true)) {
                host.dirty(this);
            }
        }

        void flush() {
            dirty.set(false);
            lock.lock();
            try {
                if (!closed) {
                    writer.flush();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                closed = true;
                writer.close();
                open.remove(this);
            } finally {
                lock.unlock();
            }
            host.closed(RunLog.this);
        }
    }
}

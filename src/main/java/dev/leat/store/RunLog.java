package dev.leat.store;

import dev.leat.store.RunLogs.AttemptLog;
import dev.leat.store.RunLogs.Line;
import dev.leat.task.LogKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// The logs of a run that somebody writes to. One lock holds the run's numbering together: a line
/// gets its number, its place in the buffer and its listeners' ears in one step, so that nobody
/// sees a line before a smaller one.
final class RunLog {

    private static final int MOST_TOLD = 200;

    /// What a log weighs in memory besides its lines, about.
    private static final int BYTES_OF_ONE = 1024;

    private final long run;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Attempt> open = new ArrayList<>();
    private final Listener listener;
    private long last;

    /// @param last the number of the run's last line so far
    RunLog(long run, long last, Listener listener) {
        this.run = run;
        this.last = last;
        this.listener = listener;
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

    /// Hands everything to the operating system; answers up to which number readers of the files
    /// find all lines then.
    long flush() {
        lock.lock();
        try {
            long upTo = last;
            for (var attempt : open) {
                upTo = Math.min(upTo, attempt.writer.flush());
            }
            return upTo;
        } finally {
            lock.unlock();
        }
    }

    /// The number of the last line.
    long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /// Who hears the lines of this run.
    interface Listener {

        /// Whether anybody does: else no line has to be made for them.
        boolean listening();

        void hear(Line line);
    }

    /// What an attempt's log needs of those around it.
    interface Host {
        long micros();

        /// Something waits to be flushed.
        void dirty(Attempt attempt);

        /// An attempt has ended and there is no room on the disk for the rest of its log.
        ///
        /// @return whether so many bytes may wait in memory
        boolean waits(Attempt attempt, long bytes);

        /// What waited does so no more.
        void waitsNoMore(long bytes);

        void closed(RunLog log);
    }

    final class Attempt implements AttemptLog {

        private final String task;
        private final int attempt;
        private final LogWriter writer;
        private final Host host;
        private final AtomicBoolean dirty = new AtomicBoolean();
        private volatile boolean wrote;
        private volatile boolean grown;
        private boolean closed;
        private long waiting;

        private Attempt(String task, int attempt, LogWriter writer, Host host) {
            this.task = task;
            this.attempt = attempt;
            this.writer = writer;
            this.host = host;
        }

        long run() {
            return run;
        }

        String task() {
            return task;
        }

        int number() {
            return attempt;
        }

        /// Whether it has a line.
        boolean wrote() {
            return wrote;
        }

        /// Whether it has lines since this was asked last, or some that wait to be flushed.
        boolean hasGrown() {
            var answer = grown;
            grown = false;
            return answer || dirty.get();
        }

        /// Whether its file is as it will be.
        boolean done() {
            lock.lock();
            try {
                return closed && !open.contains(this);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void append(LogKind kind, String text) {
            var lines = LogFormat.lines(text);
            appendLines(kind, lines, 0, lines.length);
        }

        @Override
        public void appendLines(LogKind kind, byte[] bytes, int from, int to) {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                var micros = host.micros();
                int lines = writer.add(last + 1, micros, kind, bytes, from, to);
                if (listener.listening()) {
                    tell(last + 1, lines, micros, kind, bytes, from, to);
                }
                last += lines;
                wrote = true;
                grown = true;
            } finally {
                lock.unlock();
            }
            if (dirty.compareAndSet(false, true)) {
                host.dirty(this);
            }
        }

        /// Of many at once only the last is told: nobody keeps up with all of them.
        private void tell(
                long first, int lines, long micros, LogKind kind, byte[] bytes, int from, int to) {
            int at = lines <= MOST_TOLD ? from : LogFormat.startOfLine(bytes, from, to - 1);
            long number = lines <= MOST_TOLD ? first : first + lines - 1;
            while (at < to) {
                int feed = LogFormat.lineFeed(bytes, at, to);
                var text = LogFormat.text(bytes, at, feed);
                listener.hear(
                        new Line(number++, Micros.instant(micros), task, attempt, kind, text));
                at = feed + 1;
            }
        }

        /// Answers whether it is to be called again, because there was no room.
        boolean flush() {
            dirty.set(false);
            lock.lock();
            try {
                if (!closed) {
                    writer.flush();
                    return writer.failing();
                }
                if (waiting == 0) {
                    return false;
                }
                if (!writer.close()) {
                    return true;
                }
                open.remove(this);
                host.waitsNoMore(waiting);
                waiting = 0;
            } finally {
                lock.unlock();
            }
            host.closed(RunLog.this);
            return false;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                closed = true;
                if (!writer.close()) {
                    var bytes = writer.waiting() + BYTES_OF_ONE;
                    if (host.waits(this, bytes)) {
                        waiting = bytes;
                        return;
                    }
                }
                open.remove(this);
            } finally {
                lock.unlock();
            }
            host.closed(RunLog.this);
        }
    }
}

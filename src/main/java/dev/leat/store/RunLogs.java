package dev.leat.store;

import dev.leat.task.LogKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What tasks write: one file an attempt, capped, with the end always kept. Lines of one run share
/// one numbering from 1, in the order they came, so that the merged log of a run and each attempt's
/// own have the same cursor.
@ApplicationScoped
public class RunLogs {

    /// Opens the log of an attempt; the file is made with the first line.
    public AttemptLog open(long run, String task, int attempt) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Lines with a number above `after`, in order.
    ///
    /// @param task null for all tasks
    /// @param attempt 0 for all attempts
    public List<Line> read(long run, @Nullable String task, int attempt, long after, int limit) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The last lines, in order.
    public List<Line> tail(long run, @Nullable String task, int attempt, int limit) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Hears every line written from now on by this process, on the writer's thread: be quick. Ends
    /// with `close`.
    public Subscription follow(long run, Consumer<Line> listener) {
        throw new UnsupportedOperationException("not yet");
    }

    void stop() {}

    /// @param number in the run, from 1
    public record Line(
            long number, Instant at, String task, int attempt, LogKind kind, String text) {}

    public interface AttemptLog extends AutoCloseable {
        void append(LogKind kind, String text);

        /// Writes out what is buffered, and the kept end of a log that was cut.
        @Override
        void close();
    }

    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}

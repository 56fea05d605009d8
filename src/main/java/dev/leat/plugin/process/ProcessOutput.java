package dev.leat.plugin.process;

import dev.leat.task.LogKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The pipes of one child: feeds its input and hands on its lines.
///
/// Each pipe has a platform thread of its own. A read of a pipe holds its carrier, so that on
/// virtual threads a hundred silent children would stop everything else in the server.
final class ProcessOutput {

    /// A fresh pipe takes at least so much without anybody reading at its other end.
    private static final int FITS_IN_PIPE = 4096;

    private final Process process;
    private final OutputListener listener;
    private final CountDownLatch open = new CountDownLatch(2);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private volatile boolean closed;

    ProcessOutput(Process process, OutputListener listener) {
        this.process = process;
        this.listener = listener;
    }

    void start(Launch launch) {
        read(LogKind.STDOUT, process.getInputStream(), launch.longestLine());
        read(LogKind.STDERR, process.getErrorStream(), Launch.LONGEST_LINE);
        feed(launch.input().getBytes(StandardCharsets.UTF_8));
    }

    /// Waits until everything that was printed has been handed on. A process that escaped may hold
    /// the pipe for ever, so there is an end to it; no line is handed on after that.
    void awaitEnd(Duration atMost) throws InterruptedException {
        try {
            if (!open.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                listener.line(
                        OutputLine.note(
                                "a process that escaped holds the output open; what it prints from"
                                        + " now on isn't read"));
            }
        } finally {
            closed = true;
        }
        var thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    private void read(LogKind stream, InputStream pipe, int longestLine) {
        var reader = new LineReader(stream, longestLine, new Guarded());
        thread(
                () -> {
                    try {
                        reader.readAll(pipe);
                    } catch (IOException e) {
                        // The pipe is gone, and with it whatever would have come.
                    } finally {
                        open.countDown();
                    }
                });
    }

    private void feed(byte[] input) {
        if (input.length <= FITS_IN_PIPE) {
            write(input);
        } else {
            thread(() -> write(input));
        }
    }

    private void write(byte[] input) {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write(input);
        } catch (IOException e) {
            // The child doesn't want to read it, which is its own affair.
        }
    }

    private static void thread(Runnable work) {
        Thread.ofPlatform().daemon().name("leat-child-pipe").start(work);
    }

    /// A listener that fails must not stop the reading: the child would wait for ever to print.
    private final class Guarded implements OutputListener {

        @Override
        public void line(OutputLine line) {
            handOn(() -> listener.line(line));
        }

        @Override
        public void lines(LogKind stream, byte[] bytes, int from, int to) {
            handOn(() -> listener.lines(stream, bytes, from, to));
        }

        private void handOn(Runnable lines) {
            if (closed || failure.get() != null) {
                return;
            }
            try {
                lines.run();
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        }
    }
}

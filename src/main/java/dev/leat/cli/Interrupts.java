package dev.leat.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/// Ctrl-C, and SIGTERM alike: the first asks the run or the server to end, the second leaves soon,
/// the third at once.
final class Interrupts {

    private static final Duration LEAVING = Duration.ofSeconds(10);

    private final AtomicInteger count = new AtomicInteger();
    private volatile Runnable first = () -> {};

    /// From now on signals are counted, not obeyed by the virtual machine.
    void listen(Runnable onFirst) {
        first = onFirst;
        Signal.handle(new Signal("INT"), _ -> signalled());
        Signal.handle(new Signal("TERM"), _ -> signalled());
    }

    boolean leaving() {
        return count.get() > 1;
    }

    private void signalled() {
        switch (count.incrementAndGet()) {
            case 1 -> Thread.ofVirtual().name("cancel").start(first);
            case 2 -> Thread.ofPlatform().daemon().name("leave").start(Interrupts::leaveAnyway);
            default -> Runtime.getRuntime().halt(Exit.INTERRUPTED);
        }
    }

    /// The orderly end may be what hangs.
    private static void leaveAnyway() {
        try {
            Thread.sleep(LEAVING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(Exit.INTERRUPTED);
    }
}

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
    private volatile ClassLoader loader = Interrupts.class.getClassLoader();

    /// From now on signals are counted, not obeyed by the virtual machine.
    void listen(Runnable onFirst) {
        first = onFirst;
        loader = Thread.currentThread().getContextClassLoader();
        Signal.handle(new Signal("INT"), _ -> signalled());
        Signal.handle(new Signal("TERM"), _ -> signalled());
    }

    boolean leaving() {
        return count.get() > 1;
    }

    private void signalled() {
        switch (count.incrementAndGet()) {
            case 1 -> begin();
            case 2 -> Thread.ofPlatform().daemon().name("leave").start(Interrupts::leaveAnyway);
            default -> Runtime.getRuntime().halt(Exit.INTERRUPTED);
        }
    }

    /// A signal's thread doesn't know the program's classes by itself; what is used for the first
    /// time now is made there.
    private void begin() {
        var thread = Thread.ofVirtual().name("cancel").unstarted(first);
        thread.setContextClassLoader(loader);
        thread.start();
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

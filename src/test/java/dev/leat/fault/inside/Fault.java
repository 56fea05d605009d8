package dev.leat.fault.inside;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What happens at a failpoint, written as `<action>[@n | %p]`: at the n-th time it is reached
/// only, or each time with a probability.
///
/// | action | |
/// |---|---|
/// | `halt` | the process ends as by `kill -9` |
/// | `gather:n` | threads that come wait until n are there; then the process ends so |
/// | `sleep:ms` | |
/// | `hold` | the thread waits until something else is armed |
/// | `note` | that it was reached is written down |
/// | `throw` | an `IllegalStateException` |
/// | `throw:sql` | an `SQLException`, as from a lost connection |
abstract class Fault {

    private static final Pattern FORM =
            Pattern.compile("([a-z]+)(?::([a-z0-9]+))?(?:@([0-9]+)|%([0-9.]+))?");
    private static final long LONGEST_GATHERING = Duration.ofSeconds(60).toMillis();
    private static final long BETWEEN_LOOKS = 10;
    private static final int KILLED = 137;

    private final String point;
    private final int only;
    private final double probability;
    private final AtomicInteger hits = new AtomicInteger();
    private final SplittableRandom random;

    private Fault(String point, int only, double probability) {
        this.point = point;
        this.only = only;
        this.probability = probability;
        this.random = new SplittableRandom(System.nanoTime());
    }

    static List<Fault> all(String point, String text) {
        return Stream.of(text.split("\\+")).map(one -> of(point, one)).toList();
    }

    private static Fault of(String point, String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(point + "=" + text);
        }
        var parameter = form.group(2) == null ? "" : form.group(2);
        int only = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
        double probability = form.group(4) == null ? 1 : Double.parseDouble(form.group(4));
        return switch (form.group(1)) {
            case "halt" -> of(point, only, probability, Fault::halt);
            case "gather" -> gathering(point, Integer.parseInt(parameter));
            case "sleep" -> {
                var millis = Long.parseLong(parameter);
                yield of(point, only, probability, name -> sleep(name, millis));
            }
            case "hold" -> of(point, only, probability, Fault::hold);
            case "note" -> of(point, only, probability, name -> Faults.fired(name + " note"));
            case "throw" -> {
                var sql = parameter.equals("sql");
                yield of(point, only, probability, name -> fail(name, sql));
            }
            default -> throw new IllegalArgumentException(point + "=" + text);
        };
    }

    private interface Action {
        void at(String point);
    }

    private static Fault of(String point, int only, double probability, Action action) {
        return new Fault(point, only, probability) {
            @Override
            void act(int hit) {
                action.at(point);
            }
        };
    }

    private static Fault gathering(String point, int count) {
        return new Fault(point, 0, 1) {
            @Override
            void act(int hit) {
                if (hit >= count) {
                    Faults.fired(point + " gathered " + hit);
                    halt(point);
                }
                // The last one ends the process, and this wait.
                pause(LONGEST_GATHERING);
            }
        };
    }

    void hit() {
        int hit = hits.incrementAndGet();
        if (only > 0 && hit != only) {
            return;
        }
        if (probability < 1 && !chance()) {
            return;
        }
        act(hit);
    }

    abstract void act(int hit);

    private synchronized boolean chance() {
        return random.nextDouble() < probability;
    }

    private static void halt(String point) {
        Faults.fired(point + " halt");
        Runtime.getRuntime().halt(KILLED);
    }

    private static void sleep(String point, long millis) {
        Faults.fired(point + " sleep");
        pause(millis);
    }

    private static void hold(String point) {
        long armed = Faults.armedAt();
        Faults.fired(point + " hold");
        var end = System.nanoTime() + Duration.ofMillis(LONGEST_GATHERING).toNanos();
        while (Faults.armedAt() == armed && System.nanoTime() < end) {
            pause(BETWEEN_LOOKS);
        }
    }

    private static void fail(String point, boolean sql) {
        Faults.fired(point + " throw");
        Fault.<RuntimeException>raise(
                sql
                        ? new SQLException(sentence(point))
                        : new IllegalStateException(sentence(point)));
    }

    private static String sentence(String point) {
        return "a fault that a test wanted at " + point;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }

    /// An interrupt is for the program, not for the pause.
    private static void pause(long millis) {
        var end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        var interrupted = Thread.interrupted();
        for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            try {
                Thread.sleep(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

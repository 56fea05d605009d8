package dev.leat.engine.report;

import dev.leat.task.Durations;
import dev.leat.workflow.RetryPolicy;
import dev.leat.workflow.TaskSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How long a task takes at least, where all goes well, and at most.
///
/// @param earliest in milliseconds
/// @param latest in milliseconds; infinite where nothing bounds it
record TaskSpan(double earliest, double latest) {

    static final TaskSpan NOTHING = new TaskSpan(0, 0);

    /// They do no more than compute.
    private static final Set<String> INSTANT =
            Set.of("noop", "log", "template", "transform", "fail", "switch", "signal");

    private static final Set<String> AWAITING = Set.of("approval", "waitFor");
    private static final int MOST_DELAYS_COUNTED = 10_000;

    static TaskSpan of(TaskSpec task, Known known, Instant now) {
        var once = once(task, known, now);
        var repeat = task.repeat();
        if (repeat != null) {
            double pauses = (double) millis(repeat.delay()) * Math.max(0, repeat.atMost() - 1);
            once = new TaskSpan(once.earliest, once.latest * repeat.atMost() + pauses);
        }
        var rounds = rounds(task, known);
        if (rounds == 0) {
            return NOTHING;
        }
        var earliest =
                task.cache() != null || Double.isInfinite(rounds) ? 0 : once.earliest * rounds;
        return new TaskSpan(earliest, once.latest == 0 ? 0 : once.latest * rounds);
    }

    TaskSpan perhaps() {
        return new TaskSpan(0, latest);
    }

    private static TaskSpan once(TaskSpec task, Known known, Instant now) {
        var type = task.type().replaceFirst("@.*", "");
        var with = known.partlyOrNull(task.with()) instanceof Map<?, ?> map ? map : Map.of();
        if (type.equals("wait")) {
            var until = with.get("until");
            var wait = moment(until == null ? with.get("duration") : until, now);
            return wait == null
                    ? new TaskSpan(0, Double.POSITIVE_INFINITY)
                    : new TaskSpan(wait, wait);
        }
        double attempt = task.timeout() == null ? Double.POSITIVE_INFINITY : millis(task.timeout());
        if (INSTANT.contains(type)) {
            attempt = 0;
        } else if (AWAITING.contains(type)) {
            var deadline = moment(with.get("deadline"), now);
            attempt = deadline == null ? attempt : Math.min(attempt, deadline);
        }
        return new TaskSpan(0, withRetries(task.retry(), attempt));
    }

    static double withRetries(RetryPolicy retry, double attempt) {
        double all = attempt * retry.maxAttempts() + delays(retry);
        return retry.maxDuration() == null || retry.maxAttempts() <= 1
                ? all
                : Math.min(all, millis(retry.maxDuration()) + attempt);
    }

    private static double delays(RetryPolicy retry) {
        double most =
                retry.maxDelay() == null ? Double.POSITIVE_INFINITY : millis(retry.maxDelay());
        double longest = millis(Duration.ofDays(365));
        double next = millis(retry.delay());
        double sum = 0;
        int delays = Math.min(retry.maxAttempts() - 1, MOST_DELAYS_COUNTED);
        for (int number = 0; number < delays; number++) {
            sum += Math.min(Math.min(next, longest), most) * (1 + retry.jitter());
            next *= retry.multiplier();
        }
        return sum;
    }

    /// How often one after the other; infinite where the items aren't known.
    private static double rounds(TaskSpec task, Known known) {
        var each = task.forEach();
        if (each == null) {
            return 1;
        }
        int items =
                switch (known.valueOrNull(each.items())) {
                    case List<?> list -> list.size();
                    case Map<?, ?> map -> map.size();
                    case null, default -> -1;
                };
        if (items < 0) {
            return Double.POSITIVE_INFINITY;
        }
        return each.concurrency() == 0
                ? Math.min(items, 1)
                : Math.ceil((double) items / each.concurrency());
    }

    /// The time until a duration has passed, or a moment has come; null for neither.
    private static @Nullable Double moment(@Nullable Object written, Instant now) {
        if (!(written instanceof String text)) {
            return null;
        }
        try {
            return (double) millis(Durations.parse(text));
        } catch (IllegalArgumentException noDuration) {
            try {
                var left = Duration.between(now, OffsetDateTime.parse(text).toInstant());
                return (double) Math.max(0, left.toMillis());
            } catch (DateTimeException neither) {
                return null;
            }
        }
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }

    /// For people; null where it is infinite.
    static @Nullable String text(double millis) {
        return Double.isInfinite(millis)
                ? null
                : Durations.text(Duration.ofMillis((long) Math.ceil(millis)));
    }
}

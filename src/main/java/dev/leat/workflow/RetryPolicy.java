package dev.leat.workflow;

import dev.leat.workflow.expression.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a failed attempt is followed by another, and after how long.
///
/// @param maxAttempts counts the first try; 1 is no retry
/// @param delay before the second attempt
/// @param multiplier of the delay for each further one
/// @param maxDelay cap of the delay; null for none
/// @param maxDuration budget over all attempts and waits since the first start; null for none
/// @param jitter share of the delay, 0 to 1, by which it is varied at random up or down
/// @param retryOn only these failures are tried again; empty: those that say so themselves
/// @param abortOn these never are; wins over `retryOn`
public record RetryPolicy(
        int maxAttempts,
        Duration delay,
        double multiplier,
        @Nullable Duration maxDelay,
        @Nullable Duration maxDuration,
        double jitter,
        List<Match> retryOn,
        List<Match> abortOn) {

    public static final RetryPolicy NONE =
            new RetryPolicy(1, Duration.ofSeconds(1), 2, null, null, 0, List.of(), List.of());

    public RetryPolicy {
        retryOn = List.copyOf(retryOn);
        abortOn = List.copyOf(abortOn);
    }

    /// What a failure is compared with.
    public sealed interface Match {
        /// An error code, exactly or with its class: `timeout`, `http.429`, `http.5xx`, `exit.2`,
        /// or a dotted prefix such as
        /// `http` that matches `http.429` too.
        record Code(String code) implements Match {}

        /// A boolean expression over `error`.
        record When(Template condition) implements Match {}
    }
}

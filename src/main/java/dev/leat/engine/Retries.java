package dev.leat.engine;

import dev.leat.task.TaskError;
import dev.leat.workflow.RetryPolicy;
import dev.leat.workflow.RetryPolicy.Match;
import dev.leat.workflow.expression.Template.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a failed attempt is followed by another, and after how long. Pure: chance and time come
/// in as arguments.
final class Retries {

    /// However long the other side asks us to wait, no longer than this.
    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private static final Pattern CLASS_OF_CODES = Pattern.compile("(.+\\.)([0-9])xx");
    private static final Duration LONGEST_DELAY = Duration.ofDays(365);

    private Retries() {}

    sealed interface Decision {
        /// @param arithmetic how the delay came about, for people: `8 s × 2, jitter −1.2 s`
        record Again(Duration delay, String arithmetic) implements Decision {}

        /// @param why null where there was nothing to decide: the policy has no retries
        record GiveUp(@Nullable String why) implements Decision {}
    }

    /// @param tries attempts made so far, without those lost with their process
    /// @param elapsed since the first attempt started
    /// @param chance from 0 to 1, for the jitter
    /// @param scope for `retryOn` and `abortOn` expressions, with the root `error`
    static Decision decide(
            RetryPolicy policy,
            TaskError error,
            int tries,
            Duration elapsed,
            double chance,
            Scope scope) {
        if (policy.maxAttempts() <= 1) {
            return new Decision.GiveUp(null);
        }
        if (tries >= policy.maxAttempts()) {
            return new Decision.GiveUp("all " + policy.maxAttempts() + " attempts failed");
        }
        if (anyMatches(policy.abortOn(), error, scope)) {
            return new Decision.GiveUp("not tried again: 'abortOn' names " + error.code());
        }
        if (policy.retryOn().isEmpty()
                ? !error.retryable()
                : !anyMatches(policy.retryOn(), error, scope)) {
            var why =
                    policy.retryOn().isEmpty()
                            ? "it would fail the same way"
                            : "'retryOn' does not name " + error.code();
            return new Decision.GiveUp("not tried again: " + why);
        }
        var again = delay(policy, error, tries, chance);
        if (policy.maxDuration() != null
                && elapsed.plus(again.delay()).compareTo(policy.maxDuration()) > 0) {
            return new Decision.GiveUp(
                    "not tried again: the next attempt in "
                            + Words.duration(again.delay())
                            + " would be past 'maxDuration' ("
                            + Words.duration(policy.maxDuration())
                            + ")");
        }
        return again;
    }

    private static Decision.Again delay(
            RetryPolicy policy, TaskError error, int tries, double chance) {
        var factor = Math.pow(policy.multiplier(), tries - 1);
        var plain = scaled(policy.delay(), factor);
        var capped =
                policy.maxDelay() != null && plain.compareTo(policy.maxDelay()) > 0
                        ? policy.maxDelay()
                        : plain;
        var jitter = scaled(capped, policy.jitter() * (2 * chance - 1));
        var delay = capped.plus(jitter);
        var asked = error.retryAfter();
        if (asked != null && asked.compareTo(delay) > 0) {
            var honoured = asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
            return new Decision.Again(honoured, "Retry-After " + Words.duration(asked));
        }
        var arithmetic = new StringBuilder(Words.duration(policy.delay()));
        if (tries > 1 && policy.multiplier() != 1) {
            arithmetic.append(" × ").append(Words.number(factor));
        }
        if (capped != plain) {
            arithmetic.append(", at most ").append(Words.duration(capped));
        }
        if (!jitter.isZero()) {
            arithmetic
                    .append(", jitter ")
                    .append(jitter.isNegative() ? "−" : "+")
                    .append(Words.duration(jitter.abs()));
        }
        return new Decision.Again(delay, arithmetic.toString());
    }

    private static Duration scaled(Duration duration, double factor) {
        var nanos = duration.toNanos() * factor;
        return Math.abs(nanos) >= LONGEST_DELAY.toNanos()
                ? LONGEST_DELAY
                : Duration.ofNanos((long) nanos);
    }

    private static boolean anyMatches(List<Match> matches, TaskError error, Scope scope) {
        return matches.stream().anyMatch(match -> matches(match, error, scope));
    }

    private static boolean matches(Match match, TaskError error, Scope scope) {
        return switch (match) {
            case Match.Code(String code) ->
                    codeMatches(code.toLowerCase(Locale.ROOT), error.code());
            case Match.When(var condition) -> Boolean.TRUE.equals(condition.evaluate(scope));
        };
    }

    /// `http.429` matches itself, `http.5xx` its class, `http` everything below it.
    static boolean codeMatches(String wanted, String code) {
        if (code.equals(wanted) || code.startsWith(wanted + ".")) {
            return true;
        }
        var group = CLASS_OF_CODES.matcher(wanted);
        if (!group.matches()) {
            return false;
        }
        var start = group.group(1) + group.group(2);
        return code.startsWith(start) && code.length() == start.length() + 2;
    }
}

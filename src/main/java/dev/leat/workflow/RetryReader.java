package dev.leat.workflow;

import dev.leat.task.Durations;
import dev.leat.workflow.RetryPolicy.Match;
import dev.leat.workflow.expression.Declarations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `retry` blocks, each filled up from the workflow's defaults, and warns of those that can't
/// do what they say.
final class RetryReader {

    /// What a `retry` without `maxAttempts` means.
    private static final int ATTEMPTS = 3;

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*");
    private static final Pattern HTTP = Pattern.compile("http\\.(?:[1-5][0-9][0-9]|[1-5]xx)");
    private static final Pattern HTTP_STATUS =
            Pattern.compile("(?:[Hh][Tt][Tt][Pp][. -]?)?([1-5](?:[0-9][0-9]|[xX][xX]))");

    private final Compiler compiler;
    private final Report report;
    private final Declarations declarations;
    private final @Nullable Duration runTimeout;
    private final @Nullable Fields defaults;
    private final RetryPolicy byDefault;

    /// @param declarations what expressions over an error may name
    /// @param defaults the workflow's, null where it has none
    /// @param runTimeout null where the run has none
    RetryReader(
            Compiler compiler,
            Report report,
            Declarations declarations,
            @Nullable Fields defaults,
            @Nullable Duration attemptTimeout,
            @Nullable Duration runTimeout) {
        this.compiler = compiler;
        this.report = report;
        this.declarations = declarations;
        this.runTimeout = runTimeout;
        this.defaults = defaults;
        this.byDefault =
                defaults == null
                        ? RetryPolicy.NONE
                        : checked(defaults, attemptTimeout, read(defaults, null, RetryPolicy.NONE));
    }

    /// @param own the task's block, null where it has none
    RetryPolicy read(@Nullable Fields own, @Nullable Duration attemptTimeout) {
        return own == null
                ? byDefault
                : checked(own, attemptTimeout, read(own, defaults, byDefault));
    }

    private RetryPolicy read(Fields own, @Nullable Fields fallback, RetryPolicy otherwise) {
        var multiplier = fallback == null ? RetryPolicy.NONE.multiplier() : otherwise.multiplier();
        var attempts = fallback == null ? ATTEMPTS : otherwise.maxAttempts();
        return new RetryPolicy(
                own.whole("maxAttempts", attempts),
                firstOf(own.duration("delay"), otherwise.delay()),
                own.decimal("multiplier", multiplier),
                firstOrNull(own.duration("maxDelay"), otherwise.maxDelay()),
                firstOrNull(own.duration("maxDuration"), otherwise.maxDuration()),
                own.decimal("jitter", otherwise.jitter()),
                own.place().member("retryOn") == null
                        ? otherwise.retryOn()
                        : matches(own, "retryOn"),
                own.place().member("abortOn") == null
                        ? otherwise.abortOn()
                        : matches(own, "abortOn"));
    }

    private static Duration firstOf(@Nullable Duration own, Duration otherwise) {
        return own == null ? otherwise : own;
    }

    private static @Nullable Duration firstOrNull(
            @Nullable Duration own, @Nullable Duration otherwise) {
        return own == null ? otherwise : own;
    }

    private List<Match> matches(Fields retry, String key) {
        var matches = new ArrayList<Match>();
        retry.textPlaces(key).forEach(place -> matches.add(match(place)));
        return matches;
    }

    private Match match(Place place) {
        var text = String.valueOf(place.node().plain());
        if (Interpolation.first(text) >= 0) {
            return new Match.When(compiler.condition(place, declarations));
        }
        var isCode =
                CODE.matcher(text).matches()
                        && (!text.startsWith("http.")
                                || HTTP.matcher(text).matches()
                                || !text.matches("http\\.\\d.*"));
        if (!isCode) {
            report.error(
                    place,
                    ProblemCode.BAD_ERROR_CODE,
                    "%s is no error code and no expression.".formatted(Words.quoted(text)),
                    hint(text));
        }
        return new Match.Code(text);
    }

    private static String hint(String text) {
        var status = HTTP_STATUS.matcher(text);
        var lower = text.toLowerCase(Locale.ROOT);
        if (status.matches()) {
            return "did you mean 'http." + status.group(1).toLowerCase(Locale.ROOT) + "'?";
        }
        return CODE.matcher(lower).matches() && !lower.startsWith("http.")
                ? "did you mean '" + lower + "'?"
                : "codes are such as timeout, http.429, http.5xx or exit.2; an expression stands in ${ … }";
    }

    private RetryPolicy checked(
            Fields retry, @Nullable Duration attemptTimeout, RetryPolicy policy) {
        var budget = policy.maxDuration();
        if (budget != null && attemptTimeout != null && attemptTimeout.compareTo(budget) > 0) {
            warn(
                    retry.place(),
                    "One attempt may take %s, which is longer than 'maxDuration' %s for all of them."
                            .formatted(Durations.text(attemptTimeout), Durations.text(budget)),
                    "make 'timeout' shorter or 'maxDuration' longer");
        }
        if (budget != null) {
            checkFits(retry.place(), policy, budget, "'maxDuration'");
        } else if (runTimeout != null) {
            checkFits(retry.place(), policy, runTimeout, "the workflow's 'timeout'");
        }
        return policy;
    }

    private void checkFits(Place place, RetryPolicy policy, Duration limit, String name) {
        var reachable = reachable(policy, limit);
        if (reachable < policy.maxAttempts()) {
            warn(
                    place,
                    "Only %d of %d attempts can begin within %s %s, even if each one fails at once."
                            .formatted(
                                    reachable, policy.maxAttempts(), name, Durations.text(limit)),
                    "allow fewer attempts, shorter delays or more time");
        }
    }

    /// How many attempts can begin before the limit when none of them takes any time.
    private static int reachable(RetryPolicy policy, Duration limit) {
        var longest = policy.maxDelay() == null ? Double.MAX_VALUE : policy.maxDelay().toMillis();
        var delay = (double) policy.delay().toMillis();
        var waited = 0.0;
        for (int attempt = 1; attempt < policy.maxAttempts(); attempt++) {
            var wait = Math.min(delay, longest);
            if (wait == 0) {
                return policy.maxAttempts();
            }
            waited += wait;
            if (waited >= limit.toMillis()) {
                return attempt;
            }
            delay *= policy.multiplier();
        }
        return policy.maxAttempts();
    }

    private void warn(Place place, String message, String hint) {
        report.warning(place, ProblemCode.RETRY_UNREACHABLE, message, hint);
    }
}

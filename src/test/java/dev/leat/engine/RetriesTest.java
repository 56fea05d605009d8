package dev.leat.engine;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.engine.Retries.Decision;
import dev.leat.task.TaskError;
import dev.leat.workflow.RetryPolicy;
import dev.leat.workflow.RetryPolicy.Match;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {

    private static final TaskError REFUSED =
            TaskError.transientFailure("http.connect", "connection refused");
    private static final double MIDDLE = 0.5;

    @Test
    void the_delay_doubles_with_each_attempt() {
        var policy = policy(5, ofSeconds(8), 2, null, null, 0);
        assertThat(delayAfter(policy, 1)).isEqualTo(ofSeconds(8));
        assertThat(delayAfter(policy, 2)).isEqualTo(ofSeconds(16));
        assertThat(delayAfter(policy, 3)).isEqualTo(ofSeconds(32));
    }

    @Test
    void the_delay_is_capped_and_says_so() {
        var decision =
                decide(
                        policy(9, ofSeconds(10), 3, ofSeconds(30), null, 0),
                        REFUSED,
                        4,
                        ZERO,
                        MIDDLE);
        assertThat(decision)
                .isEqualTo(new Decision.Again(ofSeconds(30), "10 s × 27, at most 30 s"));
    }

    @Test
    void a_delay_that_outgrows_every_number_is_a_year_at_most() {
        assertThat(delayAfter(policy(5_000, ofSeconds(10), 10, null, null, 0), 4_000))
                .isEqualTo(Duration.ofDays(365));
    }

    @Test
    void jitter_varies_the_delay_by_its_share_both_ways() {
        var policy = policy(5, ofSeconds(10), 2, null, null, 0.2);
        assertThat(decide(policy, REFUSED, 1, ZERO, 0))
                .isEqualTo(new Decision.Again(ofSeconds(8), "10 s, jitter −2 s"));
        assertThat(decide(policy, REFUSED, 1, ZERO, 1))
                .isEqualTo(new Decision.Again(ofSeconds(12), "10 s, jitter +2 s"));
    }

    @Test
    void max_attempts_counts_the_first_try() {
        assertThat(decide(policy(3, ofSeconds(1), 2, null, null, 0), REFUSED, 2, ZERO, MIDDLE))
                .isInstanceOf(Decision.Again.class);
        assertThat(decide(policy(3, ofSeconds(1), 2, null, null, 0), REFUSED, 3, ZERO, MIDDLE))
                .isEqualTo(new Decision.GiveUp("all 3 attempts failed"));
    }

    @Test
    void a_wait_that_would_end_past_the_budget_is_not_begun() {
        var policy = policy(9, ofMinutes(2), 1, null, ofMinutes(5), 0);
        assertThat(decide(policy, REFUSED, 1, ofMinutes(3), MIDDLE))
                .isInstanceOf(Decision.Again.class);
        assertThat(decide(policy, REFUSED, 2, ofMinutes(4), MIDDLE))
                .isEqualTo(
                        new Decision.GiveUp(
                                "not tried again: the next attempt in 2 m would be past 'maxDuration' (5 m)"));
    }

    @Test
    void retry_after_is_honoured_where_it_is_longer_than_the_delay() {
        var policy = policy(5, ofSeconds(10), 2, ofSeconds(20), null, 0);
        assertThat(decide(policy, REFUSED.withRetryAfter(ofSeconds(45)), 1, ZERO, MIDDLE))
                .isEqualTo(new Decision.Again(ofSeconds(45), "Retry-After 45 s"));
        assertThat(delayAfter(policy, REFUSED.withRetryAfter(ofSeconds(3))))
                .isEqualTo(ofSeconds(10));
        assertThat(delayAfter(policy, REFUSED.withRetryAfter(Duration.ofDays(9))))
                .isEqualTo(Retries.LONGEST_RETRY_AFTER);
    }

    @Test
    void a_failure_that_says_it_is_permanent_is_not_tried_again_unless_named() {
        var permanent = TaskError.permanent("http.404", "not found");
        assertThat(decide(policy(3, ofSeconds(1), 2, null, null, 0), permanent, 1, ZERO, MIDDLE))
                .isEqualTo(new Decision.GiveUp("not tried again: it would fail the same way"));
        assertThat(decide(naming(List.of("http.404"), List.of()), permanent, 1, ZERO, MIDDLE))
                .isInstanceOf(Decision.Again.class);
    }

    @Test
    void abort_on_wins_over_retry_on() {
        assertThat(
                        decide(
                                naming(List.of("http"), List.of("http.connect")),
                                REFUSED,
                                1,
                                ZERO,
                                MIDDLE))
                .isEqualTo(new Decision.GiveUp("not tried again: 'abortOn' names http.connect"));
    }

    @Test
    void what_retry_on_does_not_name_is_not_tried_again() {
        assertThat(decide(naming(List.of("timeout"), List.of()), REFUSED, 1, ZERO, MIDDLE))
                .isEqualTo(
                        new Decision.GiveUp(
                                "not tried again: 'retryOn' does not name http.connect"));
    }

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "http.503, http.503,     true",
        "http.5xx, http.503,     true",
        "http.5xx, http.404,     false",
        "http.5xx, http.5031,    false",
        "http,     http.connect, true",
        "http,     httpx,        false",
        "exit.2,   exit.2,       true",
        "exit.2,   exit.20,      false",
        "exit,     exit.137,     true",
        "HTTP.429, http.429,     true",
    })
    void codes_match_exactly_by_class_or_by_dotted_prefix(
            String wanted, String code, boolean matches) {
        var decision =
                decide(
                        naming(List.of(wanted), List.of()),
                        TaskError.permanent(code, "x"),
                        1,
                        ZERO,
                        MIDDLE);
        assertThat(decision instanceof Decision.Again).isEqualTo(matches);
    }

    private static Duration delayAfter(RetryPolicy policy, int tries) {
        return ((Decision.Again) decide(policy, REFUSED, tries, ZERO, MIDDLE)).delay();
    }

    private static Duration delayAfter(RetryPolicy policy, TaskError error) {
        return ((Decision.Again) decide(policy, error, 1, ZERO, MIDDLE)).delay();
    }

    private static Decision decide(
            RetryPolicy policy, TaskError error, int tries, Duration elapsed, double chance) {
        return Retries.decide(policy, error, tries, elapsed, chance, name -> null);
    }

    private static RetryPolicy policy(
            int attempts,
            Duration delay,
            double multiplier,
            @Nullable Duration cap,
            @Nullable Duration budget,
            double jitter) {
        return new RetryPolicy(
                attempts, delay, multiplier, cap, budget, jitter, List.of(), List.of());
    }

    private static RetryPolicy naming(List<String> retryOn, List<String> abortOn) {
        return new RetryPolicy(3, ofSeconds(1), 2, null, null, 0, codes(retryOn), codes(abortOn));
    }

    private static List<Match> codes(List<String> codes) {
        return codes.stream().<Match>map(Match.Code::new).toList();
    }
}

package dev.leat.workflow;

import dev.leat.workflow.expression.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What starts runs of a workflow by itself.
///
/// @param labels of the runs it starts, beside the workflow's
/// @param startAt it fires from this moment on; null for no bound
/// @param endAt it doesn't fire at this moment or later; null for no bound
/// @param maxActive how many of the runs it started may be unfinished at once; 0 for any number
/// @param pauseAfterFailures it pauses itself once so many of its runs have failed in a row; 0 for
/// never
/// @param inputs of the runs it starts, over `trigger`
/// @param settings as written, without what all triggers have; for people
public record TriggerSpec(
        String id,
        Kind kind,
        boolean enabled,
        Map<String, String> labels,
        @Nullable Instant startAt,
        @Nullable Instant endAt,
        int maxActive,
        int pauseAfterFailures,
        Template inputs,
        Map<String, @Nullable Object> settings) {

    public TriggerSpec {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /// As the definition says it: `cron`, `webhook`, …
    public String type() {
        return switch (kind) {
            case Cron _ -> "cron";
            case Interval _ -> "interval";
            case Once _ -> "once";
            case Webhook _ -> "webhook";
            case AfterWorkflow _ -> "workflow";
            case File _ -> "file";
        };
    }

    public sealed interface Kind {}

    /// Those that fire by the clock.
    public sealed interface Clock extends Kind {
        Timing timing();
    }

    /// @param expression five fields, six with seconds first, or a word such as `@daily`
    /// @param businessDay of the days that the expression names in a month only this business day
    /// counts, from 1, or from −1 backwards; 0 for all of them
    public record Cron(String expression, int businessDay, Timing timing) implements Clock {}

    /// @param anchor one of the moments; the others are whole multiples of `every` from it
    public record Interval(Duration every, Instant anchor, Timing timing) implements Clock {}

    public record Once(Instant at, Timing timing) implements Clock {}

    /// What fires by the clock have in common.
    ///
    /// @param jitter each fire is late by a share of this, always the same for the same fire
    /// @param calendar id of the calendar that says which days are holidays; null for none
    public record Timing(
            ZoneId zone,
            OnGap onGap,
            OnOverlap onOverlap,
            Duration jitter,
            @Nullable String calendar,
            OnHoliday onHoliday,
            CatchUp catchUp) {}

    /// What becomes of a local time that a clock change leaves out.
    public enum OnGap {
        /// It fires once, at the end of the gap.
        RUN,
        SKIP
    }

    /// What becomes of a local time that a clock change brings twice.
    public enum OnOverlap {
        FIRST,
        LAST,
        BOTH
    }

    /// What becomes of a fire on a day that the calendar doesn't count as a business day.
    public enum OnHoliday {
        SKIP,
        /// It fires at the same time on the next business day.
        NEXT,
        PREVIOUS
    }

    /// What becomes of fires that nobody was there for.
    ///
    /// @param most how many are made up for with `ALL`, the latest ones
    /// @param window those that are longer ago than this are missed whatever the policy; null for
    /// any age
    public record CatchUp(Policy policy, int most, @Nullable Duration window) {

        public static final CatchUp LAST = new CatchUp(Policy.LAST, 1, null);

        public enum Policy {
            NONE,
            LAST,
            ALL
        }
    }

    /// @param secrets names of secrets of which one must have signed a request; more than one while
    /// they are being changed
    /// @param tolerance how far the time of a signature may be from now
    /// @param dedupeKey tells deliveries of the same event apart from others; null for the id that
    /// the sender gives
    /// @param answerWithin how long the answer waits for the run's output; zero where it doesn't
    public record Webhook(
            List<String> secrets,
            Signature signature,
            Duration tolerance,
            @Nullable Template dedupeKey,
            Duration answerWithin,
            int maxBodyBytes)
            implements Kind {
        public Webhook {
            secrets = List.copyOf(secrets);
        }
    }

    /// How a webhook's sender proves who it is.
    public enum Signature {
        /// Of the Standard Webhooks specification.
        STANDARD,
        GITHUB,
        SLACK,
        /// The secret itself, as a bearer token.
        BEARER,
        NONE
    }

    /// @param workflow the qualified id of the other workflow
    /// @param states ends of its runs that count, such as `SUCCESS`
    public record AfterWorkflow(String workflow, List<String> states) implements Kind {
        public AfterWorkflow {
            states = List.copyOf(states);
        }
    }

    /// @param directory that is watched, with the folders in it; absolute, or from where Leat was
    /// started
    /// @param glob that the path within it matches
    /// @param settle a file counts once it hasn't changed for so long
    public record File(
            String directory, String glob, boolean onCreated, boolean onChanged, Duration settle)
            implements Kind {}
}

package dev.leat.engine.report;

import dev.leat.task.Durations;
import dev.leat.workflow.TriggerSpec;
import dev.leat.workflow.TriggerSpec.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/// What a trigger does, in a sentence without its dot.
final class TriggerWords {

    private TriggerWords() {}

    static String of(Kind kind) {
        return switch (kind) {
            case TriggerSpec.Cron cron ->
                    CronWords.of(cron.expression())
                            + businessDay(cron.businessDay())
                            + timing(cron.timing(), true);
            case TriggerSpec.Interval interval ->
                    "every "
                            + Durations.text(interval.every())
                            + (interval.anchor().equals(Instant.EPOCH)
                                    ? ""
                                    : ", counted from " + interval.anchor())
                            + timing(interval.timing(), false);
            case TriggerSpec.Once once -> "once, at " + once.at() + timing(once.timing(), false);
            case TriggerSpec.Webhook hook ->
                    "when a request comes"
                            + (hook.signature() == TriggerSpec.Signature.NONE
                                    ? ""
                                    : ", signed as "
                                            + hook.signature().name().toLowerCase(Locale.ROOT)
                                            + " says");
            case TriggerSpec.AfterWorkflow after ->
                    "when a run of %s ends %s"
                            .formatted(after.workflow(), String.join(" or ", after.states()));
            case TriggerSpec.File file ->
                    "when a file that matches %s %s in %s"
                            .formatted(file.glob(), happens(file), file.directory());
        };
    }

    private static String happens(TriggerSpec.File file) {
        return file.onCreated() && file.onChanged()
                ? "is new or changed"
                : file.onCreated() ? "is new" : "has changed";
    }

    private static String businessDay(int day) {
        if (day == 0) {
            return "";
        }
        return day == -1
                ? ", on the last business day only"
                : day > 0
                        ? ", on business day " + day + " only"
                        : ", on business day " + -day + " from the end only";
    }

    private static String timing(TriggerSpec.Timing timing, boolean zoned) {
        var parts = new ArrayList<String>();
        if (zoned) {
            parts.add(zone(timing));
        }
        if (timing.calendar() != null) {
            parts.add(
                    "business days of calendar %s (%s otherwise)"
                            .formatted(
                                    timing.calendar(),
                                    switch (timing.onHoliday()) {
                                        case SKIP -> "skipped";
                                        case NEXT -> "the next one";
                                        case PREVIOUS -> "the one before";
                                    }));
        }
        if (timing.jitter().compareTo(Duration.ZERO) > 0) {
            parts.add("up to " + Durations.text(timing.jitter()) + " later");
        }
        return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
    }

    private static String zone(TriggerSpec.Timing timing) {
        var id = timing.zone().getId();
        return id.equals("Z") ? "UTC" : id;
    }
}

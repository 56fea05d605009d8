package dev.leat.dashboard;

import dev.leat.engine.report.Moment;
import dev.leat.engine.report.RunReport;
import dev.leat.engine.report.TaskReport;
import dev.leat.engine.report.TriggerReport;
import dev.leat.store.Backfill;
import dev.leat.store.Fire;
import dev.leat.store.Node;
import dev.leat.store.Revision;
import dev.leat.store.RunState;
import dev.leat.store.TaskState;
import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What templates say about times and states.
@TemplateExtension
final class Words {

    private static final DateTimeFormatter ABSOLUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm:ss", Locale.ENGLISH);

    private Words() {}

    static Mark mark(RunState state) {
        return Mark.of(state);
    }

    static Mark mark(TaskState state) {
        return Mark.of(state);
    }

    static Mark mark(Node.State state) {
        return Mark.of(state);
    }

    static Mark mark(Fire.State state) {
        return Mark.of(state);
    }

    static Mark mark(Backfill.State state) {
        return Mark.of(state);
    }

    static Mark mark(TriggerReport trigger) {
        return Mark.of(trigger);
    }

    /// `Sat 28 Nov 2026, 02:00:00 +01:00`: the nominal moment in the trigger's zone.
    static String when(Moment moment) {
        var local = OffsetDateTime.parse(moment.local());
        var zone = local.getOffset().equals(ZoneOffset.UTC) ? "UTC" : local.getOffset().getId();
        return LOCAL.format(local) + " " + zone;
    }

    /// `2026-11-23 02:17:05 UTC`.
    static String absolute(Instant at) {
        return ABSOLUTE.format(at);
    }

    /// `02:17`, in UTC.
    static String minute(Instant at) {
        return MINUTE.format(at);
    }

    /// `02:17:05.123`, in UTC.
    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /// `4 min ago`, or `in 4 min`.
    static String ago(Instant at, Instant now) {
        var distance = Duration.between(at, now);
        if (distance.abs().toSeconds() < 1) {
            return "just now";
        }
        return distance.isNegative() ? "in " + rough(distance.negated()) : rough(distance) + " ago";
    }

    private static String rough(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " days";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    /// `420 ms`, `3.2 s`, `1 m 04 s`, `2 h 05 m`, `3 d 4 h`; empty for null.
    static String took(@Nullable Long millis) {
        if (millis == null) {
            return "";
        }
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10);
        }
        var time = Duration.ofMillis(millis);
        if (time.toHours() == 0) {
            return "%d m %02d s".formatted(time.toMinutes(), time.toSecondsPart());
        }
        return time.toDays() == 0
                ? "%d h %02d m".formatted(time.toHours(), time.toMinutesPart())
                : "%d d %d h".formatted(time.toDays(), time.toHoursPart());
    }

    static String took(RunReport run) {
        return took(run.durationMillis());
    }

    static String took(TaskReport task) {
        return took(task.durationMillis());
    }

    /// Why it is where it is, or how far its items are.
    static String note(TaskReport task) {
        var items = itemWords(task);
        return task.reason() == null ? items : task.reason();
    }

    /// `12 of 40 items, 2 failed`; empty without items.
    static String itemWords(TaskReport task) {
        return task.facts() == null ? "" : task.facts().itemWords();
    }

    /// Whether it waits for a person.
    static boolean asks(TaskReport task) {
        return task.facts() != null && task.facts().waitsForPerson();
    }

    /// The newest run that it started; null for none.
    static @Nullable String child(TaskReport task) {
        return task.facts() == null ? null : task.facts().child();
    }

    /// The run whose output it took; null for none.
    static @Nullable String cachedFrom(TaskReport task) {
        return task.facts() == null ? null : task.facts().cachedFrom();
    }

    static int repetition(TaskReport task) {
        return task.facts() == null ? 0 : task.facts().repetition();
    }

    static Instant savedAt(Revision revision) {
        return Instant.EPOCH.plus(revision.createdAt, ChronoUnit.MICROS);
    }

    /// `1 task`, `2 tasks`.
    @TemplateExtension(namespace = "count")
    static String of(int number, String thing) {
        return of((long) number, thing);
    }

    @TemplateExtension(namespace = "count")
    static String of(long number, String thing) {
        return String.format(Locale.ROOT, "%,d ", number) + thing + (number == 1 ? "" : "s");
    }
}

package dev.leat.workflow;

import dev.leat.workflow.expression.Nearest;
import dev.leat.workflow.schedule.Blackout;
import dev.leat.workflow.schedule.Blackout.Action;
import dev.leat.workflow.schedule.Blackout.Recurring;
import dev.leat.workflow.schedule.Blackout.Span;
import dev.leat.workflow.schedule.Cron;
import dev.leat.workflow.schedule.CronException;
import dev.leat.workflow.schedule.Timetable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads blackouts, as [WorkflowLoader] reads workflows: with all problems at once, each at its
/// place.
@ApplicationScoped
public class BlackoutReader {

    private static final Duration LONGEST = Duration.ofDays(366);

    private final WorkflowConfig limits;

    BlackoutReader(WorkflowConfig limits) {
        this.limits = limits;
    }

    /// Never throws for a bad text.
    public DocumentRead<Blackout> read(DocumentText text) {
        var document = new DocumentReader(limits).read(text.source());
        var report = document.report();
        var root =
                document.root()
                        .map(
                                node ->
                                        new Structure(report)
                                                .sound(Place.root(node), DocumentKeys.BLACKOUT));
        return root.map(
                        node ->
                                DocumentRead.of(
                                        new Reading(report).read(Place.root(node)),
                                        report.problems()))
                .orElseGet(() -> new DocumentRead<>(Optional.empty(), report.problems()));
    }

    /// Of one document.
    private record Reading(Report report) {

        Blackout read(Place place) {
            var fields = new Fields(place);
            var id = fields.text("id", "");
            var zone = zone(place.member("timezone"));
            var spans = new ArrayList<Span>();
            var recurring = new ArrayList<Recurring>();
            var list = place.member("windows");
            if (list != null && list.node() instanceof Node.Sequence sequence) {
                if (sequence.items().isEmpty()) {
                    report.error(list, ProblemCode.BAD_VALUE, "'windows' must not be empty.");
                }
                for (int at = 0; at < sequence.items().size(); at++) {
                    if (sequence.items().get(at) instanceof Node.Mapping) {
                        window(list.item(at), zone, spans, recurring);
                    }
                }
            }
            return new Blackout(
                    id,
                    fields.text("name", id),
                    fields.text("description", ""),
                    zone,
                    spans,
                    recurring,
                    Action.valueOf(fields.text("action", "hold").toUpperCase(Locale.ROOT)),
                    fields.texts("workflows"));
        }

        private ZoneId zone(@Nullable Place place) {
            if (place == null || !(place.node().plain() instanceof String name)) {
                return ZoneOffset.UTC;
            }
            var known = ZoneId.getAvailableZoneIds();
            if (known.contains(name)) {
                return ZoneId.of(name);
            }
            report.error(
                    place,
                    ProblemCode.UNKNOWN_TIMEZONE,
                    "There is no time zone %s.".formatted(Words.quoted(name)),
                    Nearest.nearest(name, known)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("IANA names are such as Europe/Berlin or UTC"));
            return ZoneOffset.UTC;
        }

        private void window(Place place, ZoneId zone, List<Span> spans, List<Recurring> recurring) {
            var from = place.member("from");
            var until = place.member("until");
            var cron = place.member("cron");
            var duration = place.member("duration");
            var name = new Fields(place).text("name", "");
            if (from != null && until != null && cron == null && duration == null) {
                span(from, until, zone, name).ifPresent(spans::add);
            } else if (from == null && until == null && cron != null && duration != null) {
                recurring(cron, new Fields(place), duration, zone, name).ifPresent(recurring::add);
            } else {
                report.error(
                        place,
                        ProblemCode.BAD_COMBINATION,
                        "A window has 'from' and 'until', or 'cron' and 'duration'.");
            }
        }

        private Optional<Span> span(Place from, Place until, ZoneId zone, String name) {
            var first = moment(from, zone);
            var last = moment(until, zone);
            if (first == null || last == null) {
                return Optional.empty();
            }
            if (!last.isAfter(first)) {
                report.error(until, ProblemCode.BAD_COMBINATION, "'until' isn't after 'from'.");
                return Optional.empty();
            }
            return Optional.of(new Span(first, last, name));
        }

        /// A moment with its offset, or a local time or date in the zone.
        private @Nullable Instant moment(Place place, ZoneId zone) {
            var text = String.valueOf(place.node().plain());
            try {
                if (text.length() == "2026-12-24".length()) {
                    return LocalDate.parse(text).atStartOfDay(zone).toInstant();
                }
                return text.matches(".*(Z|z|[+-][0-9]{2}:[0-9]{2})")
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text).atZone(zone).toInstant();
            } catch (DateTimeException _) {
                report.error(
                        place,
                        ProblemCode.BAD_VALUE,
                        "%s is %s; it must be a moment, a local time or a date."
                                .formatted(Leaves.subject(place), Words.quoted(text)),
                        "such as 2026-12-24T18:00:00+01:00, 2026-12-24T18:00 or 2026-12-24");
                return null;
            }
        }

        private Optional<Recurring> recurring(
                Place cron, Fields window, Place duration, ZoneId zone, String name) {
            var lasts = window.duration("duration");
            if (lasts != null && lasts.compareTo(LONGEST) > 0) {
                report.error(
                        duration,
                        ProblemCode.BAD_VALUE,
                        "A window lasts %d days at most.".formatted(LONGEST.toDays()));
                return Optional.empty();
            }
            var timetable =
                    new Timetable(
                            zone,
                            Timetable.Gap.RUN,
                            Timetable.Overlap.FIRST,
                            "",
                            Duration.ZERO,
                            null,
                            Timetable.Holiday.SKIP);
            try {
                var read = Cron.parse(String.valueOf(cron.node().plain()));
                read.neverFires()
                        .ifPresent(
                                sentence ->
                                        report.error(cron, ProblemCode.CRON_NEVER_FIRES, sentence));
                return lasts == null
                        ? Optional.empty()
                        : Optional.of(new Recurring(timetable.cron(read, 0), lasts, name));
            } catch (CronException e) {
                report.error(
                        cron.shownAt(report.offsetWithin(cron, e.offset())),
                        ProblemCode.BAD_CRON,
                        e.sentence(),
                        e.hint());
                return Optional.empty();
            }
        }
    }
}

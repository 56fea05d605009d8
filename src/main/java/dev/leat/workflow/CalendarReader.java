package dev.leat.workflow;

import dev.leat.task.Problem;
import dev.leat.workflow.schedule.BusinessCalendar;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads calendars, as [WorkflowLoader] reads workflows: with all problems at once, each at its
/// place.
@ApplicationScoped
public class CalendarReader {

    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final int WEEK = 7;
    private static final int ABBREVIATED = 3;

    private final WorkflowConfig limits;

    CalendarReader(WorkflowConfig limits) {
        this.limits = limits;
    }

    /// Never throws for a bad text.
    public DocumentRead<CalendarDocument> read(DocumentText text) {
        return text.format() == DocumentText.Format.ICS ? ics(text) : document(text);
    }

    private static DocumentRead<CalendarDocument> ics(DocumentText text) {
        var ics = Ics.read(text.text());
        var problems = new ArrayList<Problem>();
        ics.faults().forEach(fault -> problems.add(problem(fault, "").at(fault.line(), 1)));
        var id = Objects.requireNonNullElse(text.id(), "");
        if (!DocumentKeys.isId(id)) {
            problems.add(
                    Problem.error(
                                    ProblemCode.BAD_VALUE.text(),
                                    "",
                                    "%s can't be the id of a calendar.".formatted(Words.quoted(id)))
                            .hinting("lower-case letters, digits and hyphens, at most 63"));
        }
        var name = ics.name() == null ? id : ics.name();
        var calendar = new BusinessCalendar(name, WEEKEND, ics.holidays(), Map.of());
        return DocumentRead.of(new CalendarDocument(id, name, "", calendar), problems);
    }

    private static Problem problem(Ics.Fault fault, String pointer) {
        var code = ProblemCode.BAD_VALUE.text();
        return fault.warning()
                ? Problem.warning(code, pointer, fault.message())
                : Problem.error(code, pointer, fault.message());
    }

    private DocumentRead<CalendarDocument> document(DocumentText text) {
        var document = new DocumentReader(limits).read(text.source());
        var report = document.report();
        var root =
                document.root()
                        .map(
                                node ->
                                        new Structure(report)
                                                .sound(Place.root(node), DocumentKeys.CALENDAR));
        return root.map(
                        node ->
                                DocumentRead.of(
                                        calendar(Place.root(node), report), report.problems()))
                .orElseGet(() -> new DocumentRead<>(Optional.empty(), report.problems()));
    }

    private static CalendarDocument calendar(Place place, Report report) {
        var fields = new Fields(place);
        var id = fields.text("id", "");
        var name = fields.text("name", id);
        var holidays = new HashMap<LocalDate, String>();
        var yearly = new HashMap<MonthDay, String>();
        for (var at : items(place.member("holidays"))) {
            holiday(at, holidays, yearly, report);
        }
        ics(place.member("ics"), holidays, report);
        return new CalendarDocument(
                id,
                name,
                fields.text("description", ""),
                new BusinessCalendar(name, weekend(place, fields, report), holidays, yearly));
    }

    private static List<Place> items(@Nullable Place list) {
        var places = new ArrayList<Place>();
        if (list != null && list.node() instanceof Node.Sequence sequence) {
            for (int at = 0; at < sequence.items().size(); at++) {
                places.add(list.item(at));
            }
        }
        return places;
    }

    private static Set<DayOfWeek> weekend(Place place, Fields fields, Report report) {
        var at = place.member("weekend");
        if (at == null) {
            return WEEKEND;
        }
        var words = fields.texts("weekend");
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            if (words.contains(day.name().substring(0, ABBREVIATED))) {
                days.add(day);
            }
        }
        if (days.size() == WEEK) {
            report.error(
                    at,
                    ProblemCode.BAD_VALUE,
                    "No day of the week is left for business.",
                    "leave one out");
        }
        return days;
    }

    private static void holiday(
            Place place,
            Map<LocalDate, String> holidays,
            Map<MonthDay, String> yearly,
            Report report) {
        var fields = new Fields(place);
        var at = place.node() instanceof Node.Mapping ? place.member("date") : place;
        if (at == null || !(at.node().plain() instanceof String text)) {
            return;
        }
        var name = place.node() instanceof Node.Mapping ? fields.text("name", "") : "";
        try {
            if (text.startsWith("--")) {
                yearly.put(MonthDay.parse(text), name);
            } else {
                holidays.put(LocalDate.parse(text), name);
            }
        } catch (DateTimeException _) {
            report.error(
                    at, ProblemCode.BAD_VALUE, "There is no day %s.".formatted(Words.quoted(text)));
        }
    }

    private static void ics(@Nullable Place place, Map<LocalDate, String> holidays, Report report) {
        if (place == null || !(place.node().plain() instanceof String text)) {
            return;
        }
        var ics = Ics.read(text);
        ics.holidays().forEach(holidays::putIfAbsent);
        for (var fault : ics.faults()) {
            var message = "Line %d of the iCalendar: %s".formatted(fault.line(), fault.message());
            if (fault.warning()) {
                report.warning(place, ProblemCode.BAD_VALUE, message, null);
            } else {
                report.error(place, ProblemCode.BAD_VALUE, message);
            }
        }
    }
}

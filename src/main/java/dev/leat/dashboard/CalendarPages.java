package dev.leat.dashboard;

import dev.leat.engine.firing.BlackoutReport;
import dev.leat.engine.firing.CalendarDocuments;
import dev.leat.engine.firing.CalendarReport;
import dev.leat.engine.firing.Calendars;
import dev.leat.store.StoredDocument.Kind;
import dev.leat.workflow.CalendarDocument;
import dev.leat.workflow.schedule.BusinessCalendar;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The calendars and blackouts, and a year of a calendar.
@Path("/calendars")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
class CalendarPages {

    private static final int WEEK = 7;
    private static final int LAST_YEAR = 9999;

    private final Calendars calendars;
    private final CalendarDocuments documents;
    private final InstantSource clock;

    CalendarPages(Calendars calendars, CalendarDocuments documents, InstantSource clock) {
        this.calendars = calendars;
        this.documents = documents;
        this.clock = clock;
    }

    @GET
    public TemplateInstance all() {
        var now = clock.instant();
        return new all(
                calendars.calendars().stream().map(CalendarReport::of).toList(),
                calendars.blackouts().stream().map(entry -> BlackoutReport.of(entry, now)).toList(),
                now);
    }

    @GET
    @Path("/{calendar}")
    public TemplateInstance year(@RestPath String calendar, @RestQuery @Nullable Integer year) {
        documents.stored(Kind.CALENDAR, calendar);
        var entry =
                calendars.calendars().stream()
                        .filter(each -> each.stored().id().equals(calendar))
                        .findFirst()
                        .orElseThrow();
        var now = clock.instant();
        var shown = year == null ? now.atOffset(ZoneOffset.UTC).getYear() : year;
        var days =
                entry.read()
                        .document()
                        .map(CalendarDocument::calendar)
                        .orElse(BusinessCalendar.PLAIN);
        var report = CalendarReport.year(calendar, days, shown);
        var months = Stream.of(Month.values()).map(month -> sheet(days, shown, month)).toList();
        return new year(
                CalendarReport.of(entry),
                report,
                months,
                Math.max(1, shown - 1),
                Math.min(LAST_YEAR, shown + 1),
                now);
    }

    private static Sheet sheet(BusinessCalendar calendar, int year, Month month) {
        var of = YearMonth.of(year, month);
        var weeks = new ArrayList<List<Square>>();
        var week = new ArrayList<Square>();
        for (int before = 1; before < of.atDay(1).getDayOfWeek().getValue(); before++) {
            week.add(Square.EMPTY);
        }
        for (int day = 1; day <= of.lengthOfMonth(); day++) {
            var reason = calendar.reason(of.atDay(day)).orElse("");
            var kind =
                    reason.isEmpty()
                            ? "business"
                            : reason.equals(BusinessCalendar.WEEKEND) ? "weekend" : "holiday";
            week.add(new Square(String.valueOf(day), kind, reason));
            if (week.size() == WEEK) {
                weeks.add(List.copyOf(week));
                week.clear();
            }
        }
        while (!week.isEmpty() && week.size() < WEEK) {
            week.add(Square.EMPTY);
        }
        if (!week.isEmpty()) {
            weeks.add(List.copyOf(week));
        }
        return new Sheet(month.getDisplayName(TextStyle.FULL, Locale.ENGLISH), weeks);
    }

    /// A month, week by week from Monday.
    record Sheet(String name, List<List<Square>> weeks) {}

    /// @param number empty where the week has a day of another month
    /// @param kind `business`, `weekend`, `holiday` or `none`
    /// @param reason why there is no business; empty where there is
    record Square(String number, String kind, String reason) {
        static final Square EMPTY = new Square("", "none", "");
    }

    record all(List<CalendarReport> calendars, List<BlackoutReport> blackouts, Instant now)
            implements TemplateInstance {}

    /// @param before the year to go back to
    /// @param after the year to go on to
    record year(
            CalendarReport calendar,
            CalendarReport.Year year,
            List<Sheet> sheets,
            int before,
            int after,
            Instant now)
            implements TemplateInstance {}
}

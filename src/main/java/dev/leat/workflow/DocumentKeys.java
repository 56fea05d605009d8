package dev.leat.workflow;

import static dev.leat.workflow.Shape.Key.optional;
import static dev.leat.workflow.Shape.Key.required;

import dev.leat.workflow.Shape.Either;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.Shape.ListOf;
import dev.leat.workflow.Shape.OneOf;
import dev.leat.workflow.Shape.Period;
import dev.leat.workflow.Shape.Text;
import java.util.List;

/// The keys of calendars and blackouts.
final class DocumentKeys {

    static final Text ID =
            Text.matching(
                    "[a-z0-9][a-z0-9-]{0,62}",
                    "lower-case letters, digits and hyphens, at most 63");
    private static final Text DATE =
            Text.matching(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}|--[0-9]{2}-[0-9]{2}",
                    "a date such as 2026-12-24, or --12-24 for every year");
    private static final Text SELECTOR =
            Text.matching(
                    "[a-z0-9.*?-]{1,200}",
                    "a workflow's id with its namespace, in which * stands for any characters and ? for one");

    private static final Keyed HOLIDAY =
            Keyed.of(
                    "holiday",
                    required("date", DATE, "The day, or --12-24 for every year."),
                    optional("name", Text.ANY, "What it is called."));

    static final Keyed CALENDAR =
            Keyed.of(
                    "calendar",
                    optional("$schema", Text.ANY, "For editors only."),
                    required("id", ID, "What triggers name it by."),
                    optional("name", Text.ANY, "What people read."),
                    optional("description", Text.ANY, "What it is for."),
                    optional(
                            "weekend",
                            new ListOf(
                                    new OneOf(
                                            List.of(
                                                    "MON", "TUE", "WED", "THU", "FRI", "SAT",
                                                    "SUN"))),
                            "The days of the week without business; SAT and SUN if left out."),
                    optional(
                            "holidays",
                            new ListOf(new Either(DATE, HOLIDAY)),
                            "The other days without business."),
                    optional("ics", Text.ANY, "More of them, as the text of an iCalendar file."));

    private static final Keyed WINDOW =
            Keyed.of(
                    "window",
                    optional(
                            "from",
                            Text.ANY,
                            "When it begins: a moment, or a date or local time in the blackout's zone."),
                    optional("until", Text.ANY, "When it is over."),
                    optional(
                            "cron",
                            Text.ANY,
                            "When it begins, again and again, in the blackout's zone."),
                    optional("duration", new Period(false), "How long it then lasts."),
                    optional("name", Text.ANY, "What it is for."));

    static final Keyed BLACKOUT =
            Keyed.of(
                    "blackout",
                    optional("$schema", Text.ANY, "For editors only."),
                    required("id", ID, "What it is called."),
                    optional("name", Text.ANY, "What people read."),
                    optional("description", Text.ANY, "What it is for."),
                    optional(
                            "timezone",
                            Text.ANY,
                            "The IANA time zone of its local times; UTC if left out."),
                    required("windows", new ListOf(WINDOW), "When it is."),
                    optional(
                            "action",
                            new OneOf(List.of("hold", "skip")),
                            "What becomes of fires in it: they wait for its end (hold, if left out), or are left out."),
                    optional(
                            "workflows",
                            new ListOf(SELECTOR),
                            "The workflows it is for; all if left out."));

    private DocumentKeys() {}

    static boolean isId(String text) {
        return ID.pattern() != null && ID.pattern().matcher(text).matches();
    }
}

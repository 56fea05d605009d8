package dev.leat.workflow;

import static dev.leat.workflow.Shape.Key.optional;
import static dev.leat.workflow.Shape.Key.required;

import dev.leat.workflow.Shape.AnyValue;
import dev.leat.workflow.Shape.Flag;
import dev.leat.workflow.Shape.Key;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.Shape.ListOf;
import dev.leat.workflow.Shape.MapOf;
import dev.leat.workflow.Shape.Moment;
import dev.leat.workflow.Shape.OneOf;
import dev.leat.workflow.Shape.OneOrMore;
import dev.leat.workflow.Shape.Period;
import dev.leat.workflow.Shape.Text;
import dev.leat.workflow.Shape.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The keys of triggers, which depend on their type.
final class TriggerKeys {

    private static final Text TRIGGER_ID =
            Text.matching(
                    "[A-Za-z0-9_][A-Za-z0-9_-]{0,62}",
                    "letters, digits, hyphens and underscores, at most 63");
    private static final Text QUALIFIED_ID =
            Text.matching(
                    "[a-z0-9][a-z0-9-]{0,62}(?:\\.[a-z0-9][a-z0-9-]{0,62}){0,10}",
                    "a workflow's id, with its namespace before it where it has one, such as sales.nightly-orders");

    private static final Text CALENDAR_ID =
            Text.matching(
                    "[a-z0-9][a-z0-9-]{0,62}",
                    "lower-case letters, digits and hyphens, at most 63");
    private static final int MOST_ACTIVE = 10_000;
    private static final int MOST_FAILURES = 1_000;
    private static final int MOST_CAUGHT_UP = 10_000;
    private static final int LARGEST_BODY = 10 * 1024 * 1024;
    private static final int MOST_BUSINESS_DAYS = 23;

    private static final List<Key> TIMING =
            List.of(
                    optional(
                            "timezone",
                            Text.ANY,
                            "An IANA time zone such as Europe/Berlin; UTC if left out."),
                    optional(
                            "onGap",
                            new OneOf(List.of("run", "skip")),
                            "What becomes of a local time that a clock change leaves out: it fires once at the gap's end (run, if left out), or not at all."),
                    optional(
                            "onOverlap",
                            new OneOf(List.of("first", "last", "both")),
                            "Which of the two counts, where a clock change brings a local time twice; the first if left out."),
                    optional(
                            "jitter",
                            new Period(true),
                            "Each fire is late by a part of this, always the same for the same fire, so that not everything starts at once."),
                    optional(
                            "calendar",
                            CALENDAR_ID,
                            "The calendar that says which days are business days."),
                    optional(
                            "onHoliday",
                            new OneOf(List.of("skip", "next", "previous")),
                            "What becomes of a fire on a day that is no business day: it is skipped (if left out), or moved to the same time of the next or the previous business day."),
                    optional(
                            "catchUp",
                            new OneOf(List.of("none", "last", "all")),
                            "Which of the fires that were missed while nobody was there are made up for; last if left out."),
                    optional(
                            "catchUpMost",
                            new Whole(1, MOST_CAUGHT_UP),
                            "How many are made up for with all, the latest ones; 100 if left out."),
                    optional(
                            "catchUpWindow",
                            new Period(false),
                            "Fires that are longer ago than this are not made up for."));

    private static final List<Key> WEBHOOK =
            List.of(
                    optional(
                            "secret",
                            new OneOrMore(Text.ANY),
                            "Name of the secret that requests are signed with, or several while it is being changed."),
                    optional(
                            "signature",
                            new OneOf(List.of("standard", "github", "slack", "bearer", "none")),
                            "How requests are signed: as Standard Webhooks says (if left out and there is a secret), as GitHub or Slack do, with the secret as a bearer token, or not at all."),
                    optional(
                            "tolerance",
                            new Period(false),
                            "How far the time of a signature may be from now; 5m if left out."),
                    optional(
                            "dedupeKey",
                            Text.ANY,
                            "An expression over 'trigger': requests with equal values start one run. The sender's id of the delivery if left out."),
                    optional(
                            "wait",
                            new Period(true),
                            "How long the answer waits for the run's end, to answer with its outputs; if left out it doesn't wait, and answers 202."),
                    optional(
                            "maxBodyBytes",
                            new Whole(1, LARGEST_BODY),
                            "The largest body that is taken; 1048576 if left out."));

    static final Keyed TRIGGER =
            new Keyed(
                    "trigger",
                    List.of(
                            required("id", TRIGGER_ID, "Unique among the workflow's triggers."),
                            required(
                                    "type",
                                    new OneOf(
                                            List.of(
                                                    "cron",
                                                    "interval",
                                                    "once",
                                                    "webhook",
                                                    "workflow",
                                                    "file")),
                                    "What starts a run: the clock, an HTTP request, the end of another workflow's run, or a file."),
                            optional("enabled", new Flag(), "Whether it fires; true if left out."),
                            optional(
                                    "inputs",
                                    new MapOf(Text.ANY, new AnyValue()),
                                    "The inputs of the runs it starts. Strings may hold expressions over 'trigger'."),
                            optional(
                                    "labels",
                                    new MapOf(Text.ANY, Text.ANY),
                                    "Labels of the runs it starts."),
                            optional("startAt", new Moment(), "It fires from this moment on."),
                            optional(
                                    "endAt",
                                    new Moment(),
                                    "It doesn't fire at this moment, or later."),
                            optional(
                                    "maxActive",
                                    new Whole(1, MOST_ACTIVE),
                                    "How many of the runs it started may be unfinished; a fire that comes then is skipped."),
                            optional(
                                    "pauseAfterFailures",
                                    new Whole(1, MOST_FAILURES),
                                    "It pauses itself once so many of its runs have failed in a row; never if left out.")),
                    Map.of(
                            "cron",
                            timed(
                                    required(
                                            "cron",
                                            Text.ANY,
                                            "Minute, hour, day, month, weekday; or with seconds before them."),
                                    optional(
                                            "businessDay",
                                            new Whole(-MOST_BUSINESS_DAYS, MOST_BUSINESS_DAYS),
                                            "Only this business day of the month counts: 1 is the first, -1 the last.")),
                            "interval",
                            timed(
                                    required(
                                            "every",
                                            new Period(false),
                                            "The time from one fire to the next."),
                                    optional(
                                            "anchor",
                                            new Moment(),
                                            "A moment that the intervals are counted from; 1970-01-01T00:00:00Z if left out.")),
                            "once",
                            timed(required("at", new Moment(), "When it fires.")),
                            "webhook",
                            WEBHOOK,
                            "workflow",
                            List.of(
                                    required(
                                            "workflow",
                                            QUALIFIED_ID,
                                            "The workflow whose runs are waited for."),
                                    optional(
                                            "states",
                                            new ListOf(
                                                    new OneOf(
                                                            List.of(
                                                                    "SUCCESS",
                                                                    "FAILED",
                                                                    "CANCELLED",
                                                                    "TIMED_OUT"))),
                                            "The ends that count; SUCCESS if left out.")),
                            "file",
                            List.of(
                                    required(
                                            "directory",
                                            Text.ANY,
                                            "The folder to watch, with the folders in it. The server has to allow it: leat.triggers.file-roots."),
                                    optional(
                                            "glob",
                                            Text.ANY,
                                            "Which files count, by their path in the folder: *.csv, **/orders-*.json; all if left out."),
                                    optional(
                                            "on",
                                            new ListOf(new OneOf(List.of("created", "changed"))),
                                            "Which of these fires; both if left out."),
                                    optional(
                                            "settle",
                                            new Period(true),
                                            "A file counts once it hasn't changed for so long; 2s if left out."))));

    private TriggerKeys() {}

    private static List<Key> timed(Key... keys) {
        var all = new ArrayList<>(List.of(keys));
        all.addAll(TIMING);
        return List.copyOf(all);
    }
}

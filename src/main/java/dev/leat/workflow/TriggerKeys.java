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
import dev.leat.workflow.Shape.Period;
import dev.leat.workflow.Shape.Text;
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

    private static final Key CATCH_UP =
            optional(
                    "catchUp",
                    new OneOf(List.of("none", "last", "all")),
                    "Which of the fires that were missed while the server was down are made up for; last if left out.");
    private static final Key TIMEZONE =
            optional(
                    "timezone",
                    Text.ANY,
                    "An IANA time zone such as Europe/Berlin; UTC if left out.");

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
                                                    "workflow")),
                                    "What starts a run: the clock, an HTTP request, or another workflow."),
                            optional("enabled", new Flag(), "Whether it fires; true if left out."),
                            optional(
                                    "inputs",
                                    new MapOf(Text.ANY, new AnyValue()),
                                    "The inputs of the runs it starts. Strings may hold expressions over 'trigger'.")),
                    Map.of(
                            "cron",
                            List.of(
                                    required(
                                            "cron",
                                            Text.ANY,
                                            "Minute, hour, day, month, weekday; or with seconds before them."),
                                    TIMEZONE,
                                    CATCH_UP),
                            "interval",
                            List.of(
                                    required(
                                            "every",
                                            new Period(false),
                                            "The time from one fire to the next."),
                                    optional(
                                            "start",
                                            new Moment(),
                                            "A moment that the intervals are counted from."),
                                    CATCH_UP),
                            "once",
                            List.of(required("at", new Moment(), "When it fires."), CATCH_UP),
                            "webhook",
                            List.of(
                                    optional(
                                            "secret",
                                            Text.ANY,
                                            "Name of the secret that requests are signed with.")),
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
                                            "The ends that count; SUCCESS if left out."))));

    private TriggerKeys() {}
}

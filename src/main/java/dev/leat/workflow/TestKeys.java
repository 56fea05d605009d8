package dev.leat.workflow;

import static dev.leat.workflow.Shape.Key.optional;
import static dev.leat.workflow.Shape.Key.required;

import dev.leat.workflow.Shape.AnyValue;
import dev.leat.workflow.Shape.Either;
import dev.leat.workflow.Shape.Flag;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.Shape.ListOf;
import dev.leat.workflow.Shape.MapOf;
import dev.leat.workflow.Shape.Moment;
import dev.leat.workflow.Shape.OneOf;
import dev.leat.workflow.Shape.Period;
import dev.leat.workflow.Shape.Text;
import dev.leat.workflow.Shape.Variable;
import dev.leat.workflow.Shape.Whole;
import java.util.List;

/// The keys of test documents, version 1. Like [Keys], the one place that knows them.
final class TestKeys {

    private static final MapOf ANYTHING = new MapOf(Text.ANY, new AnyValue());

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,62}(?:\\.[0-9]{1,9})?";

    private static final Text TASK =
            Text.matching(
                    "%s(?:/%s){0,32}".formatted(NAME, NAME),
                    "a task's id, load.3 for an item of its forEach, or load/fetch for a task of the run that it starts");

    private static final Keyed FAILURE =
            Keyed.of(
                    "failure",
                    required(
                            "code",
                            Text.ANY,
                            "The error code that retry rules look at, such as http.503."),
                    optional("message", Text.ANY, "What people read; the code if left out."),
                    optional(
                            "retryable",
                            new Flag(),
                            "Whether the failure says that another try may help; true if left out."),
                    optional(
                            "retryAfter",
                            new Period(false),
                            "How long the other side asks to wait, as with HTTP's Retry-After."),
                    optional("details", ANYTHING, "Facts for expressions, as error.details."));

    private static final Keyed MOCK =
            Keyed.of(
                    "mock",
                    optional("output", new AnyValue(), "The attempt succeeds with this output."),
                    optional("fails", FAILURE, "The attempt fails with this."),
                    optional(
                            "never",
                            new Flag(),
                            "With true, the attempt doesn't end by itself: its timeout ends it."),
                    optional(
                            "takes",
                            new Period(true),
                            "How long the attempt takes; no time if left out."));

    private static final Keyed TEXT =
            Keyed.of(
                    "text",
                    optional("contains", Text.ANY, "This stands in the text."),
                    optional("matches", Text.ANY, "This regular expression is found in the text."));
    private static final Either SOME_TEXT = new Either(Text.ANY, TEXT);

    private static Keyed answer(String name) {
        return Keyed.of(
                name,
                required("task", TASK, "Which task asks: its id, or ask.3 for an item."),
                optional("values", ANYTHING, "What the form is filled in with."),
                optional("comment", Text.ANY, "What is said with it."),
                optional("by", Text.ANY, "Who answers."));
    }

    private static final Keyed SIGNAL =
            Keyed.of(
                    "signal",
                    required("name", Text.ANY, "Its name."),
                    optional(
                            "key",
                            new Variable(),
                            "Which of the signals of that name; empty if left out."),
                    optional("payload", new AnyValue(), "What comes with it; null if left out."),
                    optional(
                            "keep",
                            new Period(false),
                            "How long it is kept where no task waits for it; 1d if left out."),
                    optional("by", Text.ANY, "Who sends it."));

    private static final Keyed EVENT =
            Keyed.of(
                    "event",
                    optional("at", new Period(true), "When it happens, from the run's start."),
                    optional(
                            "after",
                            new Period(true),
                            "When it happens, from the moment at which a task begins to wait for it."),
                    optional(
                            "cancel",
                            Keyed.of(
                                    "cancel",
                                    optional("by", Text.ANY, "Who cancels."),
                                    optional("reason", Text.ANY, "Why.")),
                            "The run is cancelled."),
                    optional("approve", answer("approval"), "A task's question is answered: yes."),
                    optional("reject", answer("rejection"), "A task's question is answered: no."),
                    optional("signal", SIGNAL, "A signal comes."),
                    optional(
                            "refused",
                            SOME_TEXT,
                            "The answer doesn't count, and this is the sentence that says why."));

    private static final Keyed TIME =
            Keyed.of(
                    "time",
                    optional("atLeast", new Period(true), "No shorter than this."),
                    optional("atMost", new Period(true), "No longer than this."));
    private static final Either SOME_TIME = new Either(new Period(true), TIME);

    private static final Whole ANY_COUNT = new Whole(0, Integer.MAX_VALUE);
    private static final Keyed COUNT =
            Keyed.of(
                    "count",
                    optional("atLeast", ANY_COUNT, "No fewer than this."),
                    optional("atMost", ANY_COUNT, "No more than this."));

    private static final Keyed ERROR =
            Keyed.of(
                    "expected error",
                    optional("code", SOME_TEXT, "Its code."),
                    optional("task", SOME_TEXT, "The task that it comes from."),
                    optional("message", SOME_TEXT, "Its sentence."));

    private static final Keyed EXPECTED_TASK =
            Keyed.of(
                    "expected task",
                    optional(
                            "state",
                            new OneOf(
                                    List.of(
                                            "PENDING",
                                            "RUNNING",
                                            "RETRYING",
                                            "WAITING",
                                            "SUCCESS",
                                            "FAILED",
                                            "TIMED_OUT",
                                            "SKIPPED",
                                            "UPSTREAM_FAILED",
                                            "CANCELLED",
                                            "UNKNOWN")),
                            "How it ends."),
                    optional("attempts", new Either(ANY_COUNT, COUNT), "How often it was tried."),
                    optional("output", new AnyValue(), "What it gives."),
                    optional(
                            "with",
                            new AnyValue(),
                            "The parameters of its last attempt, after evaluation."),
                    optional("reason", SOME_TEXT, "The sentence that its state has."),
                    optional("error", ERROR, "Its last failure."),
                    optional(
                            "waits",
                            new ListOf(SOME_TIME),
                            "The delays between its attempts, in order."),
                    optional("began", SOME_TIME, "When its first attempt starts, from the run's."),
                    optional("ended", SOME_TIME, "When it has ended, from the run's start."));

    private static final Keyed EXPECTED =
            Keyed.of(
                    "expectation",
                    optional(
                            "state",
                            new OneOf(
                                    List.of(
                                            "SUCCESS",
                                            "FAILED",
                                            "CANCELLED",
                                            "TIMED_OUT",
                                            "RUNNING",
                                            "REFUSED")),
                            "How the run ends; RUNNING where nothing would ever happen any more, REFUSED where its inputs aren't taken."),
                    optional("outputs", new AnyValue(), "The run's result."),
                    optional("error", ERROR, "Why the run failed."),
                    optional(
                            "tasks",
                            new MapOf(TASK, EXPECTED_TASK),
                            "What is expected of tasks, by id."),
                    optional(
                            "order",
                            new ListOf(Text.ANY),
                            "Tasks in the order in which they start; others may start between."),
                    optional("duration", SOME_TIME, "How long the run takes."));

    private static final Keyed TEST =
            Keyed.of(
                    "test",
                    required("name", Text.ANY, "A sentence that says what is promised."),
                    optional("inputs", ANYTHING, "Of the run; defaults are filled in."),
                    optional(
                            "now",
                            new Moment(),
                            "When the run starts; 2026-01-01T00:00:00Z if left out."),
                    optional(
                            "seed",
                            new Whole(0, Integer.MAX_VALUE),
                            "Of the chance that varies delays; 0 if left out."),
                    optional("trigger", ANYTHING, "What expressions see as trigger."),
                    optional(
                            "slots",
                            new Whole(1, 1_000_000),
                            "Tasks at once; as many as there are if left out."),
                    optional(
                            "pools",
                            new MapOf(Text.ANY, new Whole(0, 100_000)),
                            "The places of pools; 1 for those that are left out."),
                    optional(
                            "mocks",
                            new MapOf(TASK, new Either(new ListOf(MOCK), MOCK)),
                            "What comes of tasks and of items, by id: the same for each attempt, or a list with one for each, the last of which stays."),
                    optional("events", new ListOf(EVENT), "What else happens during the run."),
                    required("expect", EXPECTED, "What must come of it."));

    static final Keyed DOCUMENT =
            Keyed.of(
                    "test document",
                    optional(Keys.SCHEMA_KEY, Text.ANY, "The address of this schema."),
                    optional(
                            "workflow",
                            Text.ANY,
                            "The workflow's file, from this one; x.json or x.yaml for x.test.json if left out."),
                    required("tests", new ListOf(TEST), "The tests, each with a run of its own."));

    private TestKeys() {}
}

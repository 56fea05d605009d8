package dev.leat.workflow;

import static dev.leat.workflow.Shape.Key.optional;
import static dev.leat.workflow.Shape.Key.required;

import dev.leat.workflow.Shape.AnyValue;
import dev.leat.workflow.Shape.Condition;
import dev.leat.workflow.Shape.Decimal;
import dev.leat.workflow.Shape.Flag;
import dev.leat.workflow.Shape.Items;
import dev.leat.workflow.Shape.Key;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.Shape.MapOf;
import dev.leat.workflow.Shape.OneOf;
import dev.leat.workflow.Shape.OneOrMore;
import dev.leat.workflow.Shape.Period;
import dev.leat.workflow.Shape.Text;
import dev.leat.workflow.Shape.Variable;
import dev.leat.workflow.Shape.Whole;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The keys of tasks.
final class TaskKeys {

    private static final Text TASK_ID =
            Text.matching(
                    "[A-Za-z_][A-Za-z0-9_]{0,62}",
                    "letters, digits and underscores, at most 63, the first no digit, so that tasks.<id> can be used in"
                            + " expressions");
    private static final Text TASK_TYPE =
            Text.matching(
                    "[a-z][A-Za-z0-9-]*(?:\\.[a-z][A-Za-z0-9-]*)*(?:@[1-9][0-9]{0,8})?",
                    "a task type such as http, or http@2 for one version");
    private static final Text VARIABLE_NAME =
            Text.matching(
                    "[A-Za-z_][A-Za-z0-9_]{0,200}",
                    "letters, digits and underscores, the first no digit");
    static final Text NAME =
            Text.matching(
                    "[A-Za-z_][A-Za-z0-9_]{0,62}",
                    "letters, digits and underscores, at most 63, the first no digit");
    private static final Text POOL = Text.matching(PoolName.RULE, PoolName.WORDS);

    static final Key ENVIRONMENT =
            optional(
                    "env",
                    new MapOf(VARIABLE_NAME, new Variable()),
                    "Environment variables of the task's child processes. The way to pass a value to a shell command.");

    static final Keyed RETRY =
            Keyed.of(
                    "retry",
                    optional(
                            "maxAttempts",
                            new Whole(1, 1_000_000),
                            "Attempts in all, the first one counted: 1 means no retry. 3 where a retry is given without it."),
                    optional(
                            "delay",
                            new Period(true),
                            "How long to wait before the second attempt; 1s if left out."),
                    optional(
                            "multiplier",
                            new Decimal(1, 1_000),
                            "By how much each further wait is longer than the one before it; 2 if left out, 1 for equal waits."),
                    optional(
                            "maxDelay",
                            new Period(false),
                            "The longest wait between two attempts."),
                    optional(
                            "maxDuration",
                            new Period(false),
                            "Budget over all attempts and waits, from the first start: no attempt begins after it."),
                    optional(
                            "jitter",
                            new Decimal(0, 1),
                            "Share of the delay, from 0 to 1, by which it is varied at random, up or down; 0 if left out."),
                    optional(
                            "retryOn",
                            new OneOrMore(Text.ANY),
                            "Only these failures are tried again: error codes such as timeout, http.429, http.5xx or exit.2, or"
                                    + " expressions over 'error'. Left out: those that say that another try may help."),
                    optional(
                            "abortOn",
                            new OneOrMore(Text.ANY),
                            "These failures are never tried again, whatever 'retryOn' says."));

    private static final Keyed FOR_EACH =
            Keyed.of(
                    "forEach",
                    required(
                            "items",
                            new Items(),
                            "What to go through: a list or an object, mostly an expression."),
                    optional(
                            "concurrency",
                            new Whole(1, 1_000_000),
                            "Items at once; as many as the engine has room for if left out."),
                    optional(
                            "as",
                            NAME,
                            "What an item is called in expressions; 'item' if left out."),
                    optional(
                            "failFast",
                            new Flag(),
                            "Whether the first failed item stops the others; true if left out."));

    private static final Keyed REPEAT =
            Keyed.of(
                    "repeat",
                    optional(
                            "until",
                            new Condition(),
                            "Ends it where true; over 'output', what the task gave back, and 'repetition', how often it ran before."),
                    optional(
                            "while",
                            new Condition(),
                            "Goes on where true; the opposite of 'until', one of which is needed."),
                    required(
                            "maxTimes",
                            new Whole(1, 1_000_000),
                            "How often the task runs at most; it fails where the condition hasn't ended it by then."),
                    optional(
                            "delay",
                            new Period(true),
                            "How long to wait before it runs again; not at all if left out."));

    private static final Keyed CACHE =
            Keyed.of(
                    "cache",
                    required(
                            "key",
                            new AnyValue(),
                            "What the output depends on, mostly an expression: the same key means the same output."),
                    required("ttl", new Period(false), "How long an output is good for."));

    static final Keyed TASK =
            Keyed.of(
                    "task",
                    required(
                            "id",
                            TASK_ID,
                            "Unique in the workflow. Others see this task's output as tasks.<id>.output."),
                    required(
                            "type",
                            TASK_TYPE,
                            "What the task does: a task type such as http, or http@2 for one version."),
                    optional("name", Text.ANY, "For people; the id if left out."),
                    optional("description", Text.ANY, "For people."),
                    optional(
                            "with",
                            new MapOf(Text.ANY, new AnyValue()),
                            "The type's parameters. Strings may hold ${ expressions }."),
                    optional(
                            "dependsOn",
                            new OneOrMore(Text.ANY),
                            "The tasks that must have ended before this one may start."),
                    optional(
                            "when",
                            new Condition(),
                            "A boolean expression; where it is false, the task is skipped."),
                    optional(
                            "triggerRule",
                            new OneOf(words(TriggerRule.values())),
                            "How the tasks it depends on must have ended; all_success if left out."),
                    optional(
                            "forEach",
                            FOR_EACH,
                            "Runs the task once for each item; the output is the list of their outputs."),
                    optional(
                            "repeat",
                            REPEAT,
                            "Runs the task again after each success, until a condition is met."),
                    optional(
                            "cache",
                            CACHE,
                            "Takes the output of an earlier run under the same key instead of running the task."),
                    optional(
                            "retry",
                            RETRY,
                            "What happens after a failed attempt. What is left out comes from 'defaults'."),
                    optional(
                            "timeout", new Period(false), "The longest that one attempt may take."),
                    optional(
                            "retrySafe",
                            new Flag(),
                            "Whether the task may run again when its node died while it ran; true if left out. With false it ends"
                                    + " as UNKNOWN and a person decides."),
                    optional(
                            "priority",
                            new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE),
                            "Which of the waiting tasks goes first: larger ones; 0 if left out."),
                    optional(
                            "pool",
                            POOL,
                            "A named semaphore, shared by workflows, that the task needs a place in."),
                    optional(
                            "allowFailure",
                            new Flag(),
                            "Whether a failure of this task counts as success for its dependents and for the run; false if left out."),
                    optional(
                            "disabled",
                            new Flag(),
                            "Whether the task is skipped, as if it had succeeded; false if left out."),
                    ENVIRONMENT);

    private TaskKeys() {}

    private static List<String> words(TriggerRule[] rules) {
        return Arrays.stream(rules).map(rule -> rule.name().toLowerCase(Locale.ROOT)).toList();
    }
}

package dev.leat.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

/// What each code means and what to do about it, for tools that show it beside the code. The page
/// `docs/spec/02-problems.md` has the same words, which a test holds.
final class Explanations {

    record Explanation(String means, String remedy) {}

    static final Map<String, Explanation> ALL = new LinkedHashMap<>();

    static {
        add(
                "syntax",
                "it isn't JSON, or isn't YAML",
                "mend what the sentence names; the position is where reading stopped, the slip may lie just before it");
        add("empty", "there is nothing in it", "a workflow needs an `id` and `tasks`");
        add(
                "too-large",
                "it passes a limit on bytes, values, or the length of a string, key or number",
                "split the workflow, or put long texts into files; the limits are [settings](01-workflow-format.md#limits)");
        add("too-deep", "objects and lists are nested deeper than allowed", "flatten it");
        add("duplicate-key", "an object has one key twice", "remove one");
        add(
                "bad-character",
                "a text holds U+0000, half a surrogate pair, or what YAML doesn't allow",
                "write the whole character, or leave it out");
        add(
                "bad-number",
                "a number too large to be kept, or none",
                "write a number that fits, or a text");
        add(
                "yaml-feature",
                "YAML that JSON has no word for: a tag, a second document, a key that isn't text, an alias without its anchor",
                "write plain data");
        add("too-many-problems", "there are more than are shown", "mend these first");
        add(
                "unknown-key",
                "the format has no such key here",
                "take the one that was meant, or call it `x-…`");
        add("missing-key", "a required key isn't there", "add the key that the sentence names");
        add(
                "wrong-type",
                "text where a list is needed, and the like",
                "write the kind of value that the sentence names");
        add(
                "bad-value",
                "the right kind, but not one that can be used",
                "the sentence says what is allowed");
        add(
                "bad-duration",
                "no duration, one of no length, or a bare number",
                "write its unit: `\"30s\"`, `\"5m\"`, `\"1h30m\"`, `\"PT30S\"`");
        add(
                "bad-combination",
                "keys that don't go together, or one of two that is needed",
                "give `until` or `while`; a `switch` has neither `forEach` nor `repeat`");
        add("too-many-tasks", "more tasks than allowed", "split the workflow");
        add(
                "duplicate-id",
                "two tasks, or two triggers, have one id",
                "ids are unique over `tasks`, `onFailure` and `finally`");
        add(
                "unknown-dependency",
                "`dependsOn` names no task of the same list",
                "mend the name. Handlers need no dependency on `tasks`: those have all ended");
        add("self-dependency", "a task depends on itself", "remove it from its own `dependsOn`");
        add("duplicate-dependency", "warning: it depends on the same task twice", "remove one");
        add(
                "cycle",
                "tasks wait for each other: `a -> c -> b -> a` reads \"a waits for c, which waits for b, which waits for a\"",
                "one of them must not depend on the next");
        add(
                "unknown-branch",
                "a branch of a `switch` names no task of the same list, or one that doesn't depend on the switch",
                "mend the name, or add the switch to that task's `dependsOn`");
        add(
                "unknown-task-type",
                "no such type is registered, or not in this version",
                "mend the name, or install the plugin; `leat plugins` lists what there is");
        add(
                "unknown-parameter",
                "the type takes no such parameter",
                "the type's page in the dashboard and [06-task-types.md](06-task-types.md) have them");
        add("missing-parameter", "the type needs a parameter that isn't there", "add it");
        add(
                "bad-parameter",
                "a parameter is of the wrong kind or not allowed",
                "the sentence says what is");
        add(
                "literal-parameter",
                "a `${ … }` stands in a parameter that is taken as it is, such as a shell command",
                "pass the value through `env` and write `$NAME`, so that no input can become code; `$${` writes the two characters");
        add(
                "not-boolean",
                "a condition is plain text",
                "write an expression: `\"when\": \"${ inputs.dry }\"`");
        add("never-runs", "warning: `when` is always false", "`disabled` says so more plainly");
        add(
                "always-runs",
                "warning: `when` is always true",
                "leave it out, or name an input or an output in it");
        add(
                "unreachable-task",
                "warning: the task's rule can't be met, however the tasks it depends on end",
                "another rule, or another dependency");
        add(
                "shadowed-name",
                "warning: a variable, or the `as` of a `forEach`, hides what is called so outside",
                "give it another name");
        add(
                "unused-input",
                "warning: no expression uses this input, though some use others; told only where there are no errors",
                "remove it, or use it");
        add(
                "unused-var",
                "warning: no expression uses this entry of `vars`; told only where there are no errors",
                "remove it, or use it");
        add(
                "retry-unreachable",
                "warning: a retry can't do what it says within its own limits",
                "fewer attempts, shorter delays or more time");
        add(
                "bad-error-code",
                "an entry of `retryOn` or `abortOn` is no error code and no expression",
                "write a code such as `\"http.429\"`, or an expression over `error`");
        add("bad-cron", "a cron expression can't be read", "the sentence names the field");
        add(
                "cron-never-fires",
                "no such day exists, or none within `startAt` and `endAt`",
                "`L` is the last day of a month");
        add(
                "never-fires",
                "warning: a trigger has no moment left at which it could fire",
                "mend the time, or remove the trigger");
        add(
                "long-jitter",
                "warning: the jitter is as long as the time between two fires",
                "make it shorter");
        add(
                "needless-key",
                "warning: a key of a trigger has no effect beside its others",
                "remove it");
        add(
                "self-trigger",
                "a workflow is triggered by its own end",
                "`repeat`, or an interval, does something again");
        add(
                "unknown-timezone",
                "no IANA time zone is called so",
                "mend the name, such as `Europe/Berlin`");
        add(
                "bad-schema",
                "`inputs` is no JSON Schema, leads out of itself, refers to itself without end, or has a pattern that RE2 can't read",
                "inputs are declared under `properties`");
        add(
                "unknown-input",
                "the workflow has no such input; also in an expression",
                "mend the name");
        add("missing-input", "a required input isn't given", "give it, or give it a `default`");
        add("bad-input", "an input doesn't fit its schema", "the sentence says how");
        add(
                "expression-syntax",
                "it can't be read, or isn't closed",
                "mend it where the column points; `$${` writes the two characters as they are");
        add(
                "expression-type",
                "a value of the wrong kind, or a condition that is neither true nor false",
                "convert it, such as with `int(…)`");
        add(
                "never-equal",
                "warning: a text is compared with a value that is never this text",
                "mend the text; the sentence lists those that can be");
        add(
                "expression-limit",
                "it is too long, nested too deep, or would take too much",
                "make it simpler, or do the work in a task");
        add(
                "unknown-root",
                "no such name here",
                "mend the name; [what can be named where](03-expressions.md#what-can-be-named)");
        add("unknown-var", "no such entry in `vars`", "mend the name, or add it to `vars`");
        add(
                "unknown-task",
                "an expression, or a [test](17-tests.md), names a task that there isn't",
                "mend the name");
        add(
                "not-upstream",
                "the task isn't waited for, so it may not have ended",
                "add it to `dependsOn`");
        add(
                "unknown-output-field",
                "the type's output has no such field",
                "mend the name; the type's page in the dashboard and [06-task-types.md](06-task-types.md) have the fields");
        add(
                "unknown-field",
                "no such field of `run`, `error` and the like",
                "mend the name; [what can be named where](03-expressions.md#what-can-be-named)");
        add(
                "unknown-function",
                "no such function, or not for such values",
                "mend the name; [the functions](03-expressions.md#functions) are listed with what they take");
    }

    private Explanations() {}

    private static void add(String code, String means, String remedy) {
        ALL.put(code, new Explanation(means, remedy));
    }
}

package dev.leat.workflow;

import java.util.Locale;

/// What can be wrong with a workflow or a run's inputs. `docs/spec/02-problems.md` explains each
/// one, and a test keeps the two in step.
enum ProblemCode {
    // The text.
    SYNTAX,
    EMPTY,
    TOO_LARGE,
    TOO_DEEP,
    DUPLICATE_KEY,
    BAD_CHARACTER,
    BAD_NUMBER,
    YAML_FEATURE,
    TOO_MANY_PROBLEMS,
    // Its keys and values.
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    BAD_VALUE,
    BAD_DURATION,
    BAD_COMBINATION,
    TOO_MANY_TASKS,
    // Its graph.
    DUPLICATE_ID,
    UNKNOWN_DEPENDENCY,
    SELF_DEPENDENCY,
    DUPLICATE_DEPENDENCY,
    CYCLE,
    UNKNOWN_BRANCH,
    // Its task types and their parameters.
    UNKNOWN_TASK_TYPE,
    UNKNOWN_PARAMETER,
    MISSING_PARAMETER,
    BAD_PARAMETER,
    LITERAL_PARAMETER,
    // What it says.
    NOT_BOOLEAN,
    NEVER_RUNS,
    ALWAYS_RUNS,
    UNREACHABLE_TASK,
    SHADOWED_NAME,
    UNUSED_INPUT,
    UNUSED_VAR,
    RETRY_UNREACHABLE,
    BAD_ERROR_CODE,
    BAD_CRON,
    CRON_NEVER_FIRES,
    NEVER_FIRES,
    LONG_JITTER,
    NEEDLESS_KEY,
    SELF_TRIGGER,
    UNKNOWN_TIMEZONE,
    BAD_SCHEMA,
    // A test of it.
    UNKNOWN_TASK,
    // A run's inputs.
    UNKNOWN_INPUT,
    MISSING_INPUT,
    BAD_INPUT;

    /// As in problems and in the documentation: `unknown-key`.
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the document itself is wrong. The others may come of a changed world, such as a
    /// plugin that is gone, and
    /// concern one task only.
    boolean leavesNothingToRun() {
        return switch (this) {
            case UNKNOWN_TASK_TYPE,
                    UNKNOWN_PARAMETER,
                    MISSING_PARAMETER,
                    BAD_PARAMETER,
                    LITERAL_PARAMETER,
                    UNKNOWN_INPUT,
                    MISSING_INPUT,
                    BAD_INPUT,
                    DUPLICATE_DEPENDENCY,
                    NEVER_RUNS,
                    ALWAYS_RUNS,
                    UNREACHABLE_TASK,
                    SHADOWED_NAME,
                    UNUSED_INPUT,
                    UNUSED_VAR,
                    RETRY_UNREACHABLE,
                    UNKNOWN_TIMEZONE,
                    CRON_NEVER_FIRES,
                    NEVER_FIRES,
                    LONG_JITTER,
                    NEEDLESS_KEY ->
                    false;
            case SYNTAX,
                    EMPTY,
                    TOO_LARGE,
                    TOO_DEEP,
                    DUPLICATE_KEY,
                    BAD_CHARACTER,
                    BAD_NUMBER,
                    YAML_FEATURE,
                    TOO_MANY_PROBLEMS,
                    UNKNOWN_KEY,
                    MISSING_KEY,
                    WRONG_TYPE,
                    BAD_VALUE,
                    BAD_DURATION,
                    BAD_COMBINATION,
                    TOO_MANY_TASKS,
                    DUPLICATE_ID,
                    UNKNOWN_DEPENDENCY,
                    SELF_DEPENDENCY,
                    CYCLE,
                    UNKNOWN_BRANCH,
                    NOT_BOOLEAN,
                    BAD_ERROR_CODE,
                    BAD_CRON,
                    SELF_TRIGGER,
                    UNKNOWN_TASK,
                    BAD_SCHEMA ->
                    true;
        };
    }
}

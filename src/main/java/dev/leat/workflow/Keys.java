package dev.leat.workflow;

import static dev.leat.workflow.Shape.Key.optional;
import static dev.leat.workflow.Shape.Key.required;

import dev.leat.workflow.Shape.AnyValue;
import dev.leat.workflow.Shape.Keyed;
import dev.leat.workflow.Shape.ListOf;
import dev.leat.workflow.Shape.MapOf;
import dev.leat.workflow.Shape.OneOf;
import dev.leat.workflow.Shape.Period;
import dev.leat.workflow.Shape.Schema;
import dev.leat.workflow.Shape.Text;
import dev.leat.workflow.Shape.Whole;
import java.util.List;
import java.util.Set;

/// The workflow format, version 1: every key, what its value may be, and what it is for. The loader
/// checks against this
/// table and the published JSON Schema is written from it, so the two can't drift apart.
final class Keys {

    /// Keys that begin so are free for authors.
    static final String FREE = "x-";

    static final String SCHEMA_KEY = "$schema";

    /// Objects that people speak of as things, and not as the value of a key.
    static final Set<String> DOCUMENTS =
            Set.of(
                    "workflow",
                    "task",
                    "trigger",
                    "test",
                    "test document",
                    "mock",
                    "calendar",
                    "blackout",
                    "holiday",
                    "window");

    private static final Text WORKFLOW_ID =
            Text.matching(
                    "[a-z0-9][a-z0-9-]{0,62}",
                    "lower-case letters, digits and hyphens, at most 63, the first no hyphen");
    private static final Text NAMESPACE =
            Text.matching(
                    "[a-z0-9][a-z0-9-]{0,62}(?:\\.[a-z0-9][a-z0-9-]{0,62}){0,9}",
                    "dotted parts of lower-case letters, digits and hyphens");
    private static final Text LABEL =
            Text.matching(
                    "[A-Za-z0-9][A-Za-z0-9._/-]{0,62}",
                    "letters, digits, dots, slashes, hyphens and underscores, at most 63");

    private static final Keyed DEFAULTS =
            Keyed.of(
                    "defaults",
                    optional("timeout", new Period(false), "Of each attempt of each task."),
                    optional(
                            "retry",
                            TaskKeys.RETRY,
                            "Taken over key by key: a task overrides what it says itself."),
                    TaskKeys.ENVIRONMENT);

    private static final Keyed CONCURRENCY =
            Keyed.of(
                    "concurrency",
                    required("limit", new Whole(1, 1_000_000), "Runs of this workflow at once."),
                    optional(
                            "onConflict",
                            new OneOf(List.of("queue", "skip", "cancel-running", "allow")),
                            "What a run does that would be one too many: waits (the default), isn't started, cancels the oldest,"
                                    + " or runs all the same."));

    static final Keyed WORKFLOW =
            Keyed.of(
                    "workflow",
                    optional(
                            SCHEMA_KEY,
                            Text.ANY,
                            "Where editors find the JSON Schema of this format."),
                    required("id", WORKFLOW_ID, "Unique in the namespace."),
                    optional(
                            "namespace",
                            NAMESPACE,
                            "A dotted group of workflows; roles and secrets belong to one. 'default' if left out."),
                    optional("name", Text.ANY, "For people; the id if left out."),
                    optional("description", Text.ANY, "For people: what it is for."),
                    optional(
                            "labels",
                            new MapOf(LABEL, Text.ANY),
                            "Words to find workflows and runs by."),
                    optional(
                            "inputs",
                            new Schema(),
                            "JSON Schema (2020-12) of a run's inputs. The Run form is made from it, and runs with"
                                    + " other inputs are refused."),
                    optional(
                            "vars",
                            new MapOf(TaskKeys.NAME, new AnyValue()),
                            "Values to use in several places, as vars.<name>. They may use inputs."),
                    optional(
                            "defaults",
                            DEFAULTS,
                            "What every task has that doesn't say otherwise."),
                    optional(
                            "concurrency",
                            CONCURRENCY,
                            "How many runs of this workflow may run at once."),
                    optional(
                            "timeout",
                            new Period(false),
                            "The longest that a run may take, from its start."),
                    required(
                            "tasks",
                            new ListOf(TaskKeys.TASK),
                            "What is to be done. The order means nothing; 'dependsOn' says what waits for what."),
                    optional(
                            "outputs",
                            new MapOf(TaskKeys.NAME, new AnyValue()),
                            "The run's result."),
                    optional(
                            "onFailure",
                            new ListOf(TaskKeys.TASK),
                            "Tasks that run when the run has failed; 'error' says why."),
                    optional(
                            "finally",
                            new ListOf(TaskKeys.TASK),
                            "Tasks that run at the end, however it came."),
                    optional(
                            "triggers",
                            new ListOf(TriggerKeys.TRIGGER),
                            "What starts runs of this workflow by itself."));

    private Keys() {}
}

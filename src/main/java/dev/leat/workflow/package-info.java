/// From a text to a plan: no effects but reading.
///
/// A JSON or YAML text comes in; [dev.leat.workflow.WorkflowLoader] answers with a normalised
/// [dev.leat.workflow.Workflow] and everything that is wrong with the text, each
/// [dev.leat.task.Problem] at its place; [dev.leat.workflow.WorkflowResolver] makes a
/// [dev.leat.workflow.Plan] of it, tasks in order. Start with the loader. `expression` compiles and
/// evaluates what stands in `${ … }`.
@NullMarked
package dev.leat.workflow;

import org.jspecify.annotations.NullMarked;

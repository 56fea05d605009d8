/// Reads workflows: a text becomes a [dev.leat.workflow.Workflow], and that becomes a
/// [dev.leat.workflow.Plan] of what waits for what.
///
/// A JSON or YAML text comes in, with the registered task types; out goes the normalised workflow,
/// or
/// everything that is wrong with the text, each at its line and column. Nothing here has an effect.
///
/// Start with [dev.leat.workflow.WorkflowLoader]: it reads the text (`DocumentReader`), holds it
/// against the table of keys (`Keys`, `Structure`), and makes sense of it (`WorkflowReader`).
/// [dev.leat.workflow.WorkflowResolver] finds the order, [dev.leat.workflow.Inputs] checks what a
/// run
/// is given, and [dev.leat.workflow.WorkflowSchema] tells editors what the loader knows.
/// `expression` compiles and evaluates what stands in `${ … }`.
@NullMarked
package dev.leat.workflow;

import org.jspecify.annotations.NullMarked;

/// Tests of workflows, which run on a clock of their own.
///
/// A test document and a workflow's text come in; what each run came to, and what of it wasn't as
/// expected, goes out. Nothing is stored and no program is started. Start with
/// [dev.leat.engine.simulation.WorkflowTests].
@NullMarked
package dev.leat.engine.simulation;

import org.jspecify.annotations.NullMarked;

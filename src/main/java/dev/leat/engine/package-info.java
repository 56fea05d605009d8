/// Carries a run through.
///
/// A request comes in by [dev.leat.engine.MainOrchestrator], the one way in for every door. It
/// finds the definition, accepts the inputs, and hands the plan to `WorkflowExecutor`, which keeps
/// one `RunExecution` for each run that is under way. That one asks a pure state machine,
/// `RunMachine`, what follows from what happened, has the answer written by the journal, and only
/// then acts on it: `TaskRunner` performs one attempt. What goes out are changes for
/// [dev.leat.store.Journal]. Start reading with `RunMachine`.
@NullMarked
package dev.leat.engine;

import org.jspecify.annotations.NullMarked;

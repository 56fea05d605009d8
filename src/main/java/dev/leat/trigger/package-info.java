/// What starts without a person: clocks, other systems and files that change come in, and go to
/// [dev.leat.engine.MainOrchestrator]. Only a server has these. Start with [WorkflowFolder]; no
/// trigger that a workflow declares is fired yet.
@NullMarked
package dev.leat.trigger;

import org.jspecify.annotations.NullMarked;

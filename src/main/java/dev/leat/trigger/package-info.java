/// What starts without a person: clocks, other systems and files that change come in, and go to
/// [dev.leat.engine.MainOrchestrator]. Only a server has these. Start with [WorkflowFolder] and
/// [Scheduler]; webhooks and files have packages of their own.
@NullMarked
package dev.leat.trigger;

import org.jspecify.annotations.NullMarked;

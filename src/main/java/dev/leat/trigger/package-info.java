/// The door of clocks and of other systems: schedules and webhooks come in, runs go out through
/// [dev.leat.engine.MainOrchestrator]. Empty so far: workflows may declare triggers, and nothing
/// fires them yet.
@NullMarked
package dev.leat.trigger;

import org.jspecify.annotations.NullMarked;

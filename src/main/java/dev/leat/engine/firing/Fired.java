package dev.leat.engine.firing;

import dev.leat.store.Fire;

/// What came of a fire.
///
/// @param fire as the ledger has it
/// @param replayed whether it had happened before
public record Fired(Fire fire, boolean replayed) {}

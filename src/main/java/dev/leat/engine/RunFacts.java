package dev.leat.engine;

/// What stays the same of a run while this process has it.
///
/// @param workflow qualified id
record RunFacts(long id, String workflow, long fence) {}

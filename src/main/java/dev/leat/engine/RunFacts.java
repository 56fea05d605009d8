package dev.leat.engine;

/// What stays the same of a run while this process has it.
///
/// @param workflow qualified id
/// @param node what this process was when it took the run: once it is another, the run isn't its
/// own any more
record RunFacts(long id, String workflow, long fence, long node) {}

/// What stands before every door on the network: a request comes in, and goes on or is refused.
/// Answers that refuse look the same everywhere. Start with [RequestGuard] and [ProblemMapper].
@NullMarked
package dev.leat.security;

import org.jspecify.annotations.NullMarked;

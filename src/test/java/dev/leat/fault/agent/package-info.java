/// Runs inside the server that is tested: an agent that weaves failpoints into methods as classes
/// are loaded, so that the program itself has no trace of them. Needs nothing but the JDK, because
/// it is loaded before everything else.
@NullMarked
package dev.leat.fault.agent;

import org.jspecify.annotations.NullMarked;

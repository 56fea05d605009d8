/// Runs inside the server that is tested: what the failpoints call that are woven into a copy of
/// the program, which itself has no trace of them. Needs nothing but the JDK.
@NullMarked
package dev.leat.fault.inside;

import org.jspecify.annotations.NullMarked;

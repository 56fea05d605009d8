/// The one place that starts child processes and ends them, with everything they started.
///
/// A [dev.leat.plugin.process.Launch] comes in; lines of output go out as they are printed, then an
/// exit code. Nothing that a child started outlives its attempt. Start with
/// [dev.leat.plugin.process.ProcessLauncher].
@NullMarked
package dev.leat.plugin.process;

import org.jspecify.annotations.NullMarked;

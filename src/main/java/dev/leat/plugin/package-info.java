/// Which task types exist, and where they come from: built into Leat, or brought by plugins.
///
/// The plugin directory comes in, [dev.leat.plugin.TaskType]s with the code that performs them go
/// out. Start with [dev.leat.plugin.TaskRegistry]; what fills it is
/// [dev.leat.plugin.PluginLoader] and the package `builtin`.
@NullMarked
package dev.leat.plugin;

import org.jspecify.annotations.NullMarked;

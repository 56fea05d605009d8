/// The task types that are part of Leat. Each is a [dev.leat.plugin.BuiltIn] bean; what it is
/// called and which parameters it takes stands in the resource `task-types/<name>.json`, written
/// as a plugin's manifest would write it.
@NullMarked
package dev.leat.plugin.builtin;

import org.jspecify.annotations.NullMarked;

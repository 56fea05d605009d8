/// The shared words: what a task is, what it is given, how it ends, and how Leat says no.
///
/// Nothing comes in and nothing goes out; all other packages, and authors of task types, speak in
/// these. Only the JDK is imported (and JSpecify's annotations). Start with [dev.leat.task.Task].
@NullMarked
package dev.leat.task;

import org.jspecify.annotations.NullMarked;

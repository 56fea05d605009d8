/// What makes triggers fire.
///
/// Calendars and blackouts come in by `CalendarDocuments`, as texts from any door; [Calendars]
/// answers from memory what they say of a day or a moment.
@NullMarked
package dev.leat.engine.firing;

import org.jspecify.annotations.NullMarked;

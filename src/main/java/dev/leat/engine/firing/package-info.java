/// What makes triggers fire: calendars and blackouts.
@NullMarked
package dev.leat.engine.firing;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.leat.trigger;

import org.jspecify.annotations.NullMarked;

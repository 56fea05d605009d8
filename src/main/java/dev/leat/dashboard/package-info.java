@NullMarked
package dev.leat.dashboard;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.leat.plugin;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.leat.workflow;

import org.jspecify.annotations.NullMarked;

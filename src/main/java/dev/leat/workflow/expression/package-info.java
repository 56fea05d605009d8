@NullMarked
package dev.leat.workflow.expression;

import org.jspecify.annotations.NullMarked;

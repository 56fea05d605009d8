@NullMarked
package dev.leat.security;

import org.jspecify.annotations.NullMarked;

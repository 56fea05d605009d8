/// Fixtures and fakes that tests of several packages share.
@NullMarked
package dev.leat.testing;

import org.jspecify.annotations.NullMarked;

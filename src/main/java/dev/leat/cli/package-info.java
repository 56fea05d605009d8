/// The terminal's door: a command line comes in, an exit code and text for a person or a program go
/// out. [dev.leat.cli.LeatMain] reads the command line before anything is started, so that help and
/// mistakes are answered at once, then starts only what the verb needs.
@NullMarked
package dev.leat.cli;

import org.jspecify.annotations.NullMarked;

/** The command line {@code weir}: options, help, exit codes. What a command does lives elsewhere. */
@NullMarked
package dev.weir.loadgen.cli;

import org.jspecify.annotations.NullMarked;

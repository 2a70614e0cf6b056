/** Tests of the package of this name. */
@NullMarked
package dev.weir.loadgen.cli;

import org.jspecify.annotations.NullMarked;

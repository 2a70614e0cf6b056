/** Tests of the package of this name. */
@NullMarked
package dev.weir.loadgen.pace;

import org.jspecify.annotations.NullMarked;

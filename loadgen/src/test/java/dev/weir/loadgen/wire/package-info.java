/** Tests of the package of this name. */
@NullMarked
package dev.weir.loadgen.wire;

import org.jspecify.annotations.NullMarked;

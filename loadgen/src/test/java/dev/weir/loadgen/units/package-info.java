/** Tests of the package of this name. */
@NullMarked
package dev.weir.loadgen.units;

import org.jspecify.annotations.NullMarked;

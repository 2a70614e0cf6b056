/** Tests of the package of this name. */
@NullMarked
package dev.weir.loadgen.plan;

import org.jspecify.annotations.NullMarked;
